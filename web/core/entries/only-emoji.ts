const ONLY = /^(?:\p{RGI_Emoji}\s?){1,3}$/v

/** Whether a body is one to three emoji and nothing else; they are then shown larger. */
export const isOnlyEmoji = (body: string) => body.length < 40 && ONLY.test(body)
