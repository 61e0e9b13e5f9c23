/** Something the user can put right: the message says what and how, and is all that is shown. */
export class Refusal extends Error {
  override name = 'Refusal'
}
