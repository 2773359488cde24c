// What features add to the visibility test: what one can do with them, and what is looked at.
import './visibility-questions.ts'
