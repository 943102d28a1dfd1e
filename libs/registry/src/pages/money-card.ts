import type { PublicContract } from '#contracting';
import { html, type Html } from '../html/html.js';
import { timeOf } from './parts.js';
import { moneyWords, movementWords } from './words.js';

/** What the sums are made of: totals by value date, and no single transfer (docs/adr/0009-money-in-public.md). */
export function moneyCard({ pledges }: PublicContract): Html | false {
  const rows = pledges.flatMap(({ supporter, movements }) =>
    movements.map(
      ({ kind, valueDate, amount }) =>
        html`<tr>
          <th scope="row">${timeOf(valueDate)}</th>
          <td data-label="Community">${supporter.name}</td>
          <td data-label="What"><span>${movementWords(kind)}</span></td>
          <td data-label="Amount" class="num">${moneyWords(amount)}</td>
        </tr> `,
    ),
  );
  if (rows.length === 0) return false;
  return html`<section class="card" aria-labelledby="money">
    <h2 id="money">Money that came in and went back</h2>
    <p class="soft small">
      Totals for each community and day, by value date. A total below zero corrects an earlier one. Single
      entries are read by the supporters while something is owed to them.
    </p>
    <table class="fold">
      <caption>
        What the sums above are made of
      </caption>
      <thead>
        <tr>
          <th scope="col">Value date</th>
          <th scope="col">Community</th>
          <th scope="col">What</th>
          <th scope="col" class="num">Amount</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}

/** An amount that leads to what it is made of, where there is something. */
export function receivedWords({ pledges }: PublicContract, amount: Parameters<typeof moneyWords>[0]): Html {
  const words = moneyWords(amount);
  return pledges.some(({ movements }) => movements.length > 0)
    ? html`<a href="#money">${words}</a>`
    : html`${words}`;
}
