// What features bring to the tests of the whole: each has a file here, with what one does with it and how one looks at it.
import './joins/questions.ts'
