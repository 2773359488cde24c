/** Slack's messages about the channel itself, and the sort of quiet line each becomes. */
const types: Record<string, string> = {
  channel_join: 'joined',
  group_join: 'joined',
  app_conversation_join: 'joined',
  channel_leave: 'left',
  group_leave: 'left',
  app_conversation_leave: 'left',
  channel_topic: 'topic',
  group_topic: 'topic',
  channel_purpose: 'purpose',
  group_purpose: 'purpose',
  channel_name: 'renamed',
  group_name: 'renamed',
  channel_archive: 'archived',
  group_archive: 'archived',
  channel_unarchive: 'unarchived',
  group_unarchive: 'unarchived',
  channel_convert_to_private: 'visibility',
  channel_convert_to_public: 'visibility',
  channel_posting_permissions: 'permissions',
  bot_add: 'integration',
  bot_remove: 'integration',
  bot_enable: 'integration',
  bot_disable: 'integration',
  bot_install: 'integration',
  reminder_add: 'reminder',
  reminder_delete: 'reminder',
  channel_canvas_updated: 'canvas',
  tabbed_canvas_updated: 'canvas',
  canvas_updated: 'canvas',
  pinned_item: 'pinned',
  unpinned_item: 'unpinned',
  huddle_thread: 'call',
  sh_room_created: 'call',
  sh_room_shared: 'call',
}

export const noticeTypes = Object.keys(types)

export const noticeType = (subtype: string): string | null => (Object.hasOwn(types, subtype) ? types[subtype] : null)

/** The line begins with who did it; we show their name beside it, so their mention at the front goes. */
export const withoutActor = (text: string) => text.replace(/^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[:,]?\s*/, '').trim()
