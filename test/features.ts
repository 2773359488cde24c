// What features bring to the tests of the whole: each has a file here, with what one does with it and how one looks at it.
import './joins/link-previews.ts'
import './joins/decisions.ts'
import './joins/questions.ts'
import './joins/pins.ts'
import './joins/saved.ts'
import './joins/scheduled.ts'
import './joins/threads.ts'
import './joins/waiting.ts'
