/**
 * The one stylesheet of the public pages. It is written into each page: some two kilobytes when compressed, less
 * than a second request costs on a slow phone, and a page that someone saved stays whole. Colours and type
 * are those of the app (bench green, paper, ochre); every pair of text and ground has a contrast of at least 4.5, in both schemes.
 */
const SOURCE = `
:root{color-scheme:light dark;--paper:#f6f1e7;--card:#fffdf8;--sunken:#efe8da;--ink:#26221c;--soft:#5e5749;--line:#ddd4c3;
--green:#1f6658;--link:#1a5449;--on-green:#fffdf8;--bar-green:#2f7f6d;--ochre:#cf9720;
--go:#d5e9e2;--go-ink:#123f36;--wait:#f8e8bd;--wait-ink:#5a3d04;--still:#ece5d6;--still-ink:#4a4337;--stop:#f6d9d2;--stop-ink:#6d1a0b;
--serif:Charter,"Bitstream Charter","Sitka Text","Iowan Old Style",Cambria,Georgia,"DejaVu Serif",serif}
@media (prefers-color-scheme:dark){:root{--paper:#1a1915;--card:#24221d;--sunken:#151410;--ink:#ece7dc;--soft:#b5ae9f;--line:#3a372f;
--green:#68ad9a;--link:#8cc1b1;--on-green:#12110e;--bar-green:#479a85;--ochre:#e0ad34;
--go:#1d433a;--go-ink:#b9ddd2;--wait:#4a3810;--wait-ink:#f1d68c;--still:#37332b;--still-ink:#d9d3c5;--stop:#57241a;--stop-ink:#f5cfc5}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
h1,h2,h3{line-height:1.22;margin:0;text-wrap:balance;font-weight:600;font-family:var(--serif)}
h1{font-size:clamp(1.6rem,1.2rem + 1.9vw,2.4rem)}h2{font-size:1.3rem}h3{font-size:1.08rem}
p{margin:.6em 0}a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:.07em}
a:hover{text-decoration-thickness:.14em}
:focus-visible{outline:3px solid var(--ochre);outline-offset:2px;border-radius:4px}
code,.mono{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.88em}
.hash{overflow-wrap:anywhere}
.wrap{max-width:72rem;margin:0 auto;padding:0 1rem}
.skip{position:absolute;left:-100vw;top:0;background:var(--green);color:var(--on-green);padding:.6rem 1rem;z-index:2}
.skip:focus{left:0}
.top{background:var(--card);border-bottom:1px solid var(--line)}
.top .wrap{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;padding-block:.55rem}
.brand{font-family:var(--serif);font-size:1.15rem;display:inline-flex;gap:.55rem;align-items:center;font-weight:700;color:var(--ink);text-decoration:none;margin-right:auto;min-height:2.75rem}
.brand svg{width:1.9rem;height:1.9rem;flex:none}
.top nav{display:flex;gap:.1rem 1.1rem;flex-wrap:wrap}
.top nav a{display:inline-flex;align-items:center;min-height:2.75rem;text-decoration:none;font-weight:600}
.top nav a:hover,.top nav a[aria-current]{text-decoration:underline;text-decoration-thickness:.14em}
main.wrap{padding-block:1.6rem 3.5rem}main:focus{outline:none}
.foot{border-top:1px solid var(--line);color:var(--soft);font-size:.94rem;padding-block:1.4rem 2.5rem}
.lead{font-size:1.16rem;max-width:46rem;text-wrap:pretty}article .lead{max-width:none}.soft{color:var(--soft)}.small{font-size:.92rem}
.hero{padding-block:clamp(1rem,4vw,3rem) .5rem}
.actions{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.3rem}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:2.9rem;padding:.4rem 1.25rem;border-radius:.6rem;border:2px solid var(--green);font-weight:650;text-decoration:none}
.button.main{background:var(--green);color:var(--on-green)}
.button:hover{text-decoration:underline}
.section{margin-top:2.4rem}.section>h2{margin-bottom:.8rem}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));padding:0;margin:0;list-style:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:1.1rem 1.2rem;min-width:0}
.card>h2:first-child,.card>h3:first-child{margin-bottom:.35rem}.card>:last-child{margin-bottom:0}
.steps{counter-reset:step;grid-template-columns:repeat(auto-fit,minmax(min(100%,14.5rem),1fr))}.steps>li{position:relative;padding-top:3.6rem}
.steps>li::before{counter-increment:step;content:counter(step);position:absolute;top:1.1rem;left:1.2rem;width:2rem;height:2rem;border-radius:50%;background:var(--wait);color:var(--wait-ink);font-weight:700;display:grid;place-items:center}
.totals{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));padding:0;margin:0;list-style:none}
.totals a{display:block;background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.8rem 1rem;text-decoration:none;color:var(--ink);height:100%}
.totals a:hover{border-color:var(--green)}
.totals b{display:block;font-size:1.8rem;line-height:1.1;font-variant-numeric:tabular-nums;color:var(--link)}
.list{list-style:none;margin:0;padding:0;display:grid;gap:1rem}
.list h2{font-size:1.17rem}.list h2 a{text-decoration:none}.list h2 a:hover{text-decoration:underline}
.meta{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:center;color:var(--soft);font-size:.94rem;margin:0 0 .45rem}
.badge{display:inline-block;border-radius:2rem;padding:.08rem .75rem;font-size:.88rem;font-weight:600;background:var(--still);color:var(--still-ink)}
.badge.open{background:var(--wait);color:var(--wait-ink)}
.badge.active,.badge.completed{background:var(--go);color:var(--go-ink)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1.1rem 0 1.4rem}
.filters a{display:inline-flex;align-items:center;min-height:2.75rem;padding:.2rem 1rem;border:1px solid var(--line);border-radius:2rem;background:var(--card);text-decoration:none}
.filters a[aria-current]{background:var(--green);border-color:var(--green);color:var(--on-green);font-weight:650}
.bar{display:block;width:100%;height:.8rem;border-radius:.4rem;margin:.5rem 0;border:1px solid var(--line)}
.bar .ground{fill:var(--sunken)}.bar .pledged{fill:var(--ochre)}.bar .received,.bar .done{fill:var(--bar-green)}
.split{display:grid;gap:1rem 1.5rem;align-items:start;margin-top:1.4rem}
.split>*{min-width:0}.stack{display:grid;gap:1rem}
@media (min-width:60rem){.split{grid-template-columns:minmax(0,1fr) 21.5rem}.split>aside{order:2}}
.figures{display:grid;gap:.15rem .9rem;grid-template-columns:auto 1fr;margin:.4rem 0}
.figures dt{display:flex;align-items:center;gap:.5rem}.figures dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;font-weight:600}
.dot{width:.75rem;height:.75rem;border-radius:50%;border:1px solid var(--line);background:var(--sunken);flex:none}
.dot.pledged{background:var(--ochre)}.dot.received{background:var(--bar-green)}
table{border-collapse:collapse;width:100%;font-size:.98rem}
caption{text-align:left;color:var(--soft);font-size:.92rem;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}
tr:last-child>*{border-bottom:0}th{font-weight:650}thead th{color:var(--soft);font-size:.9rem}
.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td time{white-space:nowrap}.version{font-weight:400;white-space:nowrap}th:last-child,td:last-child{padding-right:0}
@media (max-width:38rem){.fold thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.fold,.fold tbody,.fold tr,.fold th,.fold td,.fold caption{display:block}
.fold tr{padding:.6rem 0;border-bottom:1px solid var(--line)}.fold tr:last-child{border-bottom:0}
.fold th,.fold td{border:0;padding:.1rem 0}
.fold td{display:flex;justify-content:space-between;gap:1rem;text-align:right}
.fold td time{white-space:normal}
.fold td::before{content:attr(data-label);color:var(--soft);text-align:left;white-space:nowrap}}
.terms{margin:0}.terms dt{font-weight:650;margin-top:.9rem}.terms dt:first-child{margin-top:0}.terms dd{margin:0}.terms dd p:first-child{margin-top:0}
.plain{list-style:none;padding:0;margin:.3rem 0 0}.plain li{padding:.4rem 0;border-bottom:1px solid var(--line)}.plain li:last-child{border-bottom:0}
.downloads{display:grid;gap:.6rem;margin-top:.7rem}
pre{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
.checked{padding-left:1.4rem;color:var(--soft);font-size:.94rem}.verdict{font-weight:650;border-radius:.5rem;overflow-wrap:anywhere}
.verdict.good,.verdict.bad{padding:.7rem .9rem}.verdict.good{background:var(--go);color:var(--go-ink)}.verdict.bad{background:var(--stop);color:var(--stop-ink)}
button.button{font:inherit;font-weight:650;cursor:pointer}button:disabled{opacity:.6;cursor:wait}
.paper{display:none}.pager{margin-top:1.4rem;display:flex;gap:1rem;flex-wrap:wrap}
@media print{:root{color-scheme:light;--paper:#fff;--card:#fff;--sunken:#fff;--ink:#000;--soft:#333;--line:#999;--green:#1a5449;--link:#000;--bar-green:#2f7f6d;--ochre:#cf9720;--go:#fff;--go-ink:#000;--wait:#fff;--wait-ink:#000;--still:#fff;--still-ink:#000;--stop:#fff;--stop-ink:#000}
@page{margin:16mm 14mm}body{font-size:10.5pt;line-height:1.45}
.top nav,.skip,.actions,.filters,.pager,.screen{display:none}.paper{display:block}.top,.foot{border:0}main.wrap{padding:0}
.card{border-radius:0;padding:.6rem .8rem}.list>li,.stack>.card:not(:has(table)){break-inside:avoid}.split{display:block}.split>*{margin-bottom:1rem}
h2,h3,caption{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}
.badge{border:1px solid #999}.bar,.dot{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:inherit}}
`;

/** As sent: without the line breaks of its source. */
export const STYLESHEET = SOURCE.replace(/\n/g, '');
