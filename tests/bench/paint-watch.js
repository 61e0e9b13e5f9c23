// Runs in the agent's page: notes when an incoming pop has been painted, as the instant after the frame that shows it.
window.paintedPops = []
let shown = false
new MutationObserver(() => {
  const there = document.querySelector('[data-testid=incoming-pop]') !== null
  if (there === shown) return
  shown = there
  if (there) requestAnimationFrame(() => setTimeout(() => window.paintedPops.push(Date.now())))
}).observe(document, { subtree: true, childList: true })
