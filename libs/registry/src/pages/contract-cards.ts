import type { DocumentDeliverable, PublicContract } from '#contracting';
import { html, paragraphs, type Html } from '../html/html.js';
import { receivedWords } from './money-card.js';
import { timeOf } from './parts.js';
import {
  anInstrument,
  count,
  instantWords,
  instrumentWords,
  minorWords,
  moneyWords,
  pledgeStateWords,
  thresholdsWords,
} from './words.js';

export function deliverablesCard({ release }: PublicContract): Html {
  const { deliverables, parties } = release.document;
  const nameOf = (slug: string): string => parties.find((party) => party.slug === slug)?.name ?? slug;
  const row = (line: DocumentDeliverable): Html =>
    html`<tr>
      <th scope="row">${line.product} <span class="soft version">${line.version}</span></th>
      <td data-label="For"><span>${nameOf(line.receiver)}</span></td>
      <td data-label="Tier"><span>${line.tier}</span></td>
      <td data-label="Units" class="num">${line.quantity.toLocaleString('en')}</td>
      <td data-label="Price of one" class="num">
        ${minorWords(line.unitPrice.amountMinor, line.unitPrice.currency)}
      </td>
      <td data-label="Due">${timeOf(line.dueOn)}</td>
    </tr> `;
  return html`<section class="card" aria-labelledby="deliverables">
    <h2 id="deliverables">What is made, and for whom</h2>
    <table class="fold">
      <caption>
        Deliverables of this contract
      </caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">For</th>
          <th scope="col">Tier</th>
          <th scope="col" class="num">Units</th>
          <th scope="col" class="num">Price of one</th>
          <th scope="col">Due</th>
        </tr>
      </thead>
      <tbody>
        ${deliverables.map(row)}
      </tbody>
    </table>
  </section>`;
}

export function pledgesCard(contract: PublicContract): Html {
  const { pledges, state, scrutiny } = contract;
  const { document } = contract.release;
  return html`<section class="card" aria-labelledby="pledges">
    <h2 id="pledges">Pledges, and what is returned for them</h2>
    ${document.pledges.map((each) => html`<p><strong>For ${anInstrument(each.instrument)}:</strong> ${each.return}</p> `)}${
      pledges.length === 0
        ? html`<p class="soft">Nobody has pledged yet.</p>`
        : html`<table class="fold">
            <caption>
              Pledges by
              community${state === 'open' && '. They bind once the contract is active, and can be withdrawn until then.'}
            </caption>
            <thead>
              <tr>
                <th scope="col">Community</th>
                <th scope="col">Kind</th>
                <th scope="col" class="num">Pledged</th>
                <th scope="col" class="num">Received</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              ${pledges.map(
                (pledge) =>
                  html`<tr>
                    <th scope="row">${pledge.supporter.name}</th>
                    <td data-label="Kind">${instrumentWords(pledge.instrument)}</td>
                    <td data-label="Pledged" class="num">${contributionWords(pledge, 'pledged')}</td>
                    <td data-label="Received" class="num">
                      ${pledge.goods === null ? receivedWords(contract, pledge.received) : contributionWords(pledge, 'received')}
                    </td>
                    <td data-label="State"><span>${pledgeStateWords(pledge.state)}</span></td>
                  </tr> `,
              )}
            </tbody>
          </table>`
    }${
      scrutiny.length > 0 &&
      html`<h3>What is still owed, and when each scrutiny ends</h3>
        <ul class="plain">
          ${scrutiny.map(({ supporter, sentence }) => html`<li><strong>${supporter.name}</strong> – ${sentence}</li> `)}
        </ul>`
    }
  </section>`;
}

/** Money, or hours and goods with their unit. */
function contributionWords(
  { amount, received, goods }: PublicContract['pledges'][number],
  what: 'pledged' | 'received',
): string {
  if (goods === null) return moneyWords(what === 'pledged' ? amount : received);
  return `${what === 'pledged' ? goods.pledged : goods.received} ${goods.unit} ${goods.item}`;
}

export function termsCard({ release, deadline }: PublicContract): Html {
  const { endCondition, mediator, answerDays, licence, thresholds } = release.document;
  const needed = thresholdsWords(thresholds);
  return html`<section class="card" aria-labelledby="terms">
    <h2 id="terms">Terms</h2>
    <dl class="terms">
      <dt>When the scrutiny ends</dt>
      <dd>${paragraphs(endCondition)}</dd>
      <dt>When the contract becomes active</dt>
      <dd>
        As soon as ${needed && `${needed} is pledged and `}every party has accepted the same release, at the
        latest on ${timeOf(deadline)}.
      </dd>
      <dt>Who mediates a dispute</dt>
      <dd>${mediator}</dd>
      ${
        answerDays !== undefined &&
        html`<dt>How soon a question is answered</dt>
          <dd>Within ${count(answerDays, 'day')}.</dd>`
      }
      <dt>Licence of the design</dt>
      <dd>${licence}</dd>
    </dl>
  </section>`;
}

export function milestonesCard({ release }: PublicContract): Html | false {
  const { milestones } = release.document;
  if (milestones.length === 0) return false;
  return html`<section class="card" aria-labelledby="milestones">
    <h2 id="milestones">Milestones</h2>
    <ul class="plain">
      ${milestones.map(({ name, dueOn }) => html`<li><strong>${timeOf(dueOn)}</strong> – ${name}</li> `)}
    </ul>
  </section>`;
}

export function partiesCard({ release, acceptances }: PublicContract): Html {
  const accepted = new Map(acceptances.map((each) => [each.party.slug, each]));
  return html`<section class="card" aria-labelledby="parties">
    <h2 id="parties">Parties, and who has accepted</h2>
    <table class="fold">
      <caption>
        Acceptances of release ${release.number}
      </caption>
      <thead>
        <tr>
          <th scope="col">Community</th>
          <th scope="col">Part</th>
          <th scope="col">Accepted</th>
        </tr>
      </thead>
      <tbody>
        ${release.document.parties.map(({ slug, name, role }) => {
          const acceptance = accepted.get(slug);
          return html`<tr>
            <th scope="row">${name}</th>
            <td data-label="Part">${role === 'manufacturing' ? 'makes' : 'receives'}</td>
            <td data-label="Accepted">
              <span
                >${acceptance ? html`${timeOf(acceptance.acceptedAt.toISOString(), instantWords(acceptance.acceptedAt))}, by its ${acceptance.role}` : 'not yet'}</span
              >
            </td>
          </tr> `;
        })}
      </tbody>
    </table>
  </section>`;
}
