// What people take for a password when they are asked for one: words of several languages, names, teams and things of the
// time. Written for this program (published lists of leaked passwords have no licence that lets them be passed on). Each
// stands for the thousands that are made of it: with other letters, numbers and signs around it.
const WORDS = new Set(`
password passwort passwd kennwort motdepasse contrasena contrasenya senha haslo parola wachtwoord losenord salasana adgangskode jelszo heslo sifre
pass passphrase passcode changeme changeit change newpass newpassword mypass mypassword mypasswort meinpasswort geheim secret topsecret default
admin administrator root toor sysadmin superuser user username guest gast test tester testing testtest demo example sample temp temporary login
logmein letmein letmeinplease openup opensesame sesame welcome willkommen bienvenue bienvenido benvenuto welkom hallo hello hellohello helloworld
hola bonjour ciao servus moin iloveyou iloveu iloveme loveyou ilove lovely love lover loveme ichliebedich teamo tequiero jetaime tiamo mylove
sweetheart honey sugar baby babygirl babyboy darling schatz schatzi schaetzi schaetzchen liebling princess prinzessin prince queen king angel angels engel
monkey dragon tiger lion eagle falcon shark wolf bear panda butterfly schmetterling dolphin horse pony kitty kitten hellokitty bunny puppy doggy
cat dog fish bird flower blume flowers rose daisy cherry banana apple orange lemon peach cookie chocolate cheese coffee pepper ginger pizza butter
sunshine sonnenschein summer sommer winter spring fruehling autumn herbst rainbow regenbogen snow snowball star stars superstar sternchen moon
football fussball soccer baseball basketball hockey tennis golf rugby handball swimming hunter fishing racing skating
liverpool arsenal chelsea manchester everton tottenham barcelona realmadrid juventus milan inter bayern bayernmuenchen dortmund borussia schalke
werder hertha rapid austria lakers yankees cowboys steelers patriots packers eagles redsox dodgers
michael jordan jennifer jessica thomas daniel andrew joshua matthew robert william james john david charlie george harley hannah hunter
ashley amanda nicole michelle elizabeth melissa samantha victoria alexander alexandra maximilian sebastian christian christopher stefan stephan
andreas martin markus peter patrick anthony steven richard joseph justin brandon tyler jackson maggie buster max lucky rocky bailey shadow
sophie sophia anna maria julia laura lisa sarah lena nadine sabine susanne claudia franziska katharina carlos roberto alejandro francisco
batman superman spiderman ironman starwars startrek pokemon pikachu mario zelda naruto minecraft fortnite matrix gandalf hobbit frodo harrypotter
hogwarts skywalker darthvader yoda snoopy garfield mickey simpsons homer ninja samurai killer hacker gamer master boss trustno trustme
computer internet windows microsoft google facebook youtube twitter instagram linkedin amazon samsung iphone android nokia sony dell lenovo
mercedes porsche ferrari bmw audi volkswagen corvette mustang ford toyota honda yamaha ducati harley camaro
freedom freiheit peace friends freunde family familie mother mutter father vater mama papa mommy daddy jesus jesuschrist christ god gott allah faith hope
forever always never nothing something anything everything whatever whocares nobody somebody anybody
money dollar euro bitcoin diamond gold golden silver platinum rich lottery winner champion
germany deutschland austria oesterreich schweiz switzerland berlin hamburg muenchen wien zuerich london paris america usa newyork california texas
canada australia brasil brazil mexico espana france italia india china russia polska moskva
monday montag tuesday wednesday thursday friday freitag saturday sunday sonntag january januar february march april may june july august september
october oktober november december dezember weihnachten christmas easter ostern
company firma business office buero work arbeit job project projekt team server network netzwerk database datenbank support service
qwerty qwertz azerty qwertyuiop qwertzuiop asdf asdfgh asdfghjkl yxcvbnm zxcvbnm zxcvbn qazwsx qweasd qweasdzxc wasd qwer
abc abcd abcdef abcabc aaa xxx zzz fuckyou fuckoff fuck shit bitch asshole scheisse arschloch ficken hurensohn sexy sex porn
folkmoot slack yammer workplace mattermost zulip correcthorsebatterystaple
`.split(/\s+/).filter(Boolean))

// Keys beside each other, and what follows on each other.
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p', '1qay2wsx3edc4rfv5tgb6zhn7ujm8ik9ol0p', '1q2w3e4r5t6y7u8i9o0p', '!@#$%^&*()', '!"§$%&/()=']
const PAIRS = new Set(ROWS.flatMap((row) => [...row].slice(1).flatMap((sign, at) => [row[at] + sign, sign + row[at]])))

const LEET: Record<string, string> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', '@': 'a', 5: 's', $: 's', 7: 't', '!': 'i', '|': 'l', '+': 't', 8: 'b' }
const MARKS = /\p{M}/gu
const spelled = (text: string) => text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').normalize('NFKD').replace(MARKS, '')
const bare = (text: string) => text.replace(/^[^a-z]+|[^a-z]+$/g, '')
const lettersOf = (text: string) => text.replace(/[^a-z]/g, '')

/** How many runs of equal or neighbouring signs a text falls into: "qwerty123" into two. */
function runsIn(text: string): number {
  const signs = [...text]
  return signs.filter((sign, at) => at === 0 || !(sign === signs[at - 1] || PAIRS.has(signs[at - 1] + sign))).length
}

/** The shortest part that a text is a repetition of: "abcabc" of "abc". */
const unitOf = (text: string) => text.slice(0, (text + text).indexOf(text, 1))

/**
 * Whether a password is among the first that anybody would try (NIST SP 800-63B, 5.1.1.2: commonly used, dictionary words,
 * repetitive or sequential, of the service or the person).
 * @param about names of the person and the network
 */
export function isCommonPassword(password: string, about: string[] = []): boolean {
  const text = spelled(password)
  // Long phrases are of another kind, whatever words are in them.
  if (text.length > 40) return unitOf(text).length < 6
  if (/^\d+$/.test(text) && text.length < 12) return true
  if (unitOf(text).length < 4 || runsIn(text) <= text.length / 4) return true
  const own = new Set(about.flatMap((one) => [spelled(one), ...spelled(one).split(/[^a-z0-9]+/)]).map(lettersOf).filter((word) => word.length >= 4))
  const isKnown = (word: string) => WORDS.has(word) || own.has(word)
  const unleet = [...text].map((sign) => LEET[sign] ?? sign).join('')
  // "Passw0rd1" with its numbers taken off first, and "p4ssw0rd" with them read as letters.
  const forms = [bare(text), bare(unleet), bare([...bare(text)].map((sign) => LEET[sign] ?? sign).join('')), lettersOf(text)]
  return forms.some((form) => isKnown(lettersOf(form)) || isKnown(unitOf(lettersOf(form))))
}
