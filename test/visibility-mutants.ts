/** A check that is dropped on one surface: which function forgets to check, when which other one asks. */
export type Mutant = { name: string; forgets: string; askedBy: RegExp }

/** The test of the test: with each of these faults in the server, the visibility test must fail. */
export const mutants: Mutant[] = [
  { name: 'an entry by its id', forgets: 'visibleEntries', askedBy: /\bfindEntry\b(?![\s\S]*\b(listVersions|listReactions|entryAudience|edit|remove|react|unreact)\b)/ },
  { name: 'what it said before', forgets: 'visibleEntries', askedBy: /\blistVersions\b/ },
  { name: 'who reacted', forgets: 'visibleEntries', askedBy: /\blistReactions\b/ },
  { name: 'who can see it', forgets: 'visibleEntries,mayRead,listedSpaces', askedBy: /\bentryAudience\b/ },
  { name: 'a thread', forgets: 'visibleEntries', askedBy: /\bfindThread\b/ },
  { name: 'a space read threaded or flat', forgets: 'visibleEntries,mayRead,listedSpaces', askedBy: /\blistEntries\b/ },
  { name: 'the members of a space', forgets: 'mayRead,listedSpaces', askedBy: /\blistMembers\b/ },
  { name: 'the requests to join', forgets: 'canManageSpace', askedBy: /\blistRequests\b/ },
  { name: 'the health of a space', forgets: 'mayRead,listedSpaces,visibleEntries', askedBy: /\bspaceHealth\b/ },
  { name: 'the directory of spaces', forgets: 'listedSpaces', askedBy: /\blistSpaces\b/ },
  { name: 'the card of a space', forgets: 'listedSpaces', askedBy: /\bfindSpace\b(?![\s\S]*\bfindReadableSpace\b)/ },
  { name: 'a topic', forgets: 'visibleEntries', askedBy: /\blistByTopic\b/ },
  { name: 'the inbox', forgets: 'inReadableSpace,visibleEntries,visibleSpaces', askedBy: /inbox\/queries/ },
  { name: 'what was removed', forgets: 'isShown', askedBy: /\bfindEntry\b/ },
  { name: 'suggestions for a mention', forgets: 'mayRead,listedSpaces', askedBy: /\bsuggestMentions\b/ },
  { name: 'whom a guest may know', forgets: 'visiblePeople', askedBy: /\b(suggestMentions|entryAudience|openConversation)\b/ },
  { name: 'whom a guest reads the name of', forgets: 'mayMeet', askedBy: /\bselectEntry\b/ },
  { name: 'a file', forgets: 'visibleEntries', askedBy: /\bvisibleFiles\b/ },
  { name: 'search', forgets: 'visibleEntries,mayRead,visibleSpaces', askedBy: /features\/search\// },
  { name: 'the log, resumed', forgets: 'visibleEvents', askedBy: /./ },
  { name: 'the live stream', forgets: 'mayReceive', askedBy: /./ },
  { name: 'removal from a space, live', forgets: 'fold membership.left', askedBy: /./ },
  { name: 'narrowing of a space, live', forgets: 'fold space.changed', askedBy: /./ },
  { name: 'the end of a session, live', forgets: 'fold session.ended', askedBy: /./ },
  { name: 'facts between a host and one person, live', forgets: 'addressed', askedBy: /./ },
  { name: 'writing into a space', forgets: 'mayRead', askedBy: /\benterSpace\b/ },
]

/** These are tried in every run, the others with MUTANTS=1. */
export const ALWAYS = ['what it said before', 'removal from a space, live', 'the inbox']
