// All that decisions need beyond the first view, in one piece: the first view names each piece that may follow.
export { ArgumentCard } from './ArgumentCard.tsx'
export { DecisionCard } from './DecisionCard.tsx'
export { DecisionFields } from './DecisionFields.tsx'
export { DecisionsPage } from './DecisionsPage.tsx'
export { DecisionsTab } from './DecisionsTab.tsx'
export { ReviewWaiting } from './Review.tsx'
