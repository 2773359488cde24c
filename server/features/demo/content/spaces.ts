/**
 * The fifteen spaces of Kolovar. `opened`: working days before the anchor. `unread`: how many of its newest entries the person who
 * fills the network has not read yet; null: they are not in it. The first host is the one who opened it.
 */
export type SpaceScript = {
  key: string
  visibility: 'open' | 'closed' | 'secret'
  name: string
  purpose: string
  audience: string
  opened: number
  hosts: string
  members: string
  unread: number | null
}

export const spaces: SpaceScript[] = [
  {
    key: 'square', visibility: 'open', name: 'The Square', opened: 99, unread: 4,
    purpose: 'What concerns all of us: news, questions to the management, and what went well.',
    audience: 'Everyone, at all eight sites. If it is only for one site, say which in the first line.',
    hosts: 'petra mojca',
    members: `tomaz nejc spela andrej luka ivana dejan zala fatmir emina matej olena benedek jure katrin henning lan ruediger agnieszka mehmet jonas
      friederike haruka kenji daiki mio takumi priya arjun meera imran ananya rohan achieng kamau wambui otieno thiago juliana caua beatriz salma
      youssef hicham layla femke joost aminata oisin claire soren mei parvaneh`,
  },
  {
    key: 'cell', visibility: 'open', name: 'Cell chemistry', opened: 98, unread: 4,
    purpose: 'Electrodes, electrolyte, formation and ageing: why our cells do what they do.',
    audience: 'Anyone who makes, measures or takes apart cells. Beginners may ask; graphs are welcome.',
    hosts: 'haruka luka',
    members: 'kenji daiki mio takumi olena jure spela henning lan wambui beatriz meera arjun katrin juliana rohan parvaneh',
  },
  {
    key: 'line4', visibility: 'open', name: 'Line 4 ramp-up', opened: 97, unread: 5,
    purpose: 'Bring line 4 from first pack to 1,200 Vireo 625 a day, and copy what works to Joinville.',
    audience: 'Everyone who builds, maintains, plans or copies line 4.',
    hosts: 'tomaz ivana',
    members: 'nejc spela andrej luka dejan zala fatmir jure benedek thiago juliana caua beatriz soren youssef lineboard agnieszka priya imran takumi mojca',
  },
  {
    key: 'night', visibility: 'closed', name: 'Night shift', opened: 97, unread: 2,
    purpose: 'Handovers from evening to night to morning, and everything that only happens at three o\'clock.',
    audience: 'Night and early crews in Maribor and Freiberg, and those on call for them. Ask to join if you are one.',
    hosts: 'dejan andrej',
    members: 'zala ruediger tomaz nejc olena emina jonas caua matej friederike',
  },
  {
    key: 'recycling', visibility: 'closed', name: 'Recycling with Grauwacke', opened: 95, unread: 3,
    purpose: 'Black mass out, battery-grade salt back: one process across two companies.',
    audience: 'Kolovar recycling and cell people together with our partners at Grauwacke Metals. Prices are discussed elsewhere.',
    hosts: 'katrin henning',
    members: 'lan ruediger mehmet jonas agnieszka haruka mio luka olena wambui beatriz salma hicham spela sigrid pavel tendai',
  },
  {
    key: 'firmware', visibility: 'open', name: 'BMS firmware', opened: 96, unread: 0,
    purpose: 'The battery management system and the rider app: releases, field data, things the battery should have said.',
    audience: 'Those who write it, test it and explain it to riders.',
    hosts: 'priya arjun',
    members: 'meera imran ananya rohan jure femke joost oisin achieng otieno buildbell spela takumi',
  },
  {
    key: 'service', visibility: 'open', name: 'Service and returns', opened: 96, unread: 2,
    purpose: 'What customers ask, what comes back, and what we change because of it.',
    audience: 'Service desk, workshop, quality, customer people; everyone else is welcome to read what our packs go through.',
    hosts: 'femke spela',
    members: 'joost aminata oisin claire layla mei juliana meera arjun jure wambui mehmet lan soren ananya luka beatriz otieno kamau youssef parvaneh',
  },
  {
    key: 'swap', visibility: 'open', name: 'Swap stations Kisumu', opened: 94, unread: 0,
    purpose: 'Keep 620 boda riders moving: stations, Weaver packs, riders, second life.',
    audience: 'The Kisumu team and everyone elsewhere whose part ends up in a station.',
    hosts: 'achieng wambui',
    members: 'kamau otieno meera arjun imran soren youssef hicham henning joost olena beatriz rohan layla',
  },
  {
    key: 'supply', visibility: 'closed', name: 'Supply and shipping', opened: 95, unread: null,
    purpose: 'Materials in, packs out: orders, containers, dangerous goods, shortages seen early.',
    audience: 'Buyers, planners, freight. Supplier prices appear here, so it stays among us; ask to join.',
    hosts: 'salma hicham',
    members: 'ivana youssef benedek mei thiago olena tendai katrin claire emina',
  },
  {
    key: 'safety', visibility: 'open', name: 'Safe hands', opened: 96, unread: 0,
    purpose: 'Near misses, drills and better habits. Nobody is blamed here.',
    audience: 'All sites. Report what almost happened; Agnieszka removes names when you ask.',
    hosts: 'agnieszka andrej',
    members: 'katrin ruediger mehmet dejan tomaz olena luka jure joost kamau juliana caua hicham friederike emina zala haruka henning mojca',
  },
  {
    key: 'hamamatsu', visibility: 'open', name: '浜松セルラボ', opened: 93, unread: null,
    purpose: '浜松セルラボの日々の連絡、測定の予定、相談。 The daily life of the cell lab in Hamamatsu.',
    audience: '浜松のメンバーと、日本語で読みたい人なら誰でも。英語の質問も歓迎です。',
    hosts: 'kenji mio',
    members: 'haruka daiki takumi beatriz mei lan',
  },
  {
    key: 'freiberg', visibility: 'open', name: 'Werk Freiberg', opened: 93, unread: 0,
    purpose: 'Alles, was unser Werk betrifft: Schichten, Umbau Halle 2, Kantine, Betriebsrat.',
    audience: 'Alle in Freiberg und wer uns besucht. Deutsch zuerst, Englisch ist auch gut.',
    hosts: 'katrin friederike',
    members: 'henning lan ruediger agnieszka mehmet jonas andrej petra',
  },
  {
    key: 'heron', visibility: 'secret', name: 'Heron', opened: 70, unread: 0,
    purpose: 'Sodium-ion for the swap pack: find out by the gate meeting whether we build it.',
    audience: 'The twelve of us and nobody else until the patent is filed. No samples leave the building without Kenji.',
    hosts: 'kenji mojca',
    members: 'haruka daiki takumi priya achieng benedek katrin soren parvaneh olena',
  },
  {
    key: 'newhere', visibility: 'open', name: 'New here', opened: 98, unread: 0,
    purpose: 'Say hello, ask what you do not dare to ask elsewhere, learn where things are.',
    audience: 'Newcomers of the last year, their buddies, and everybody who remembers their own first week.',
    hosts: 'petra oisin',
    members: 'zala rohan layla emina matej tomaz priya achieng femke beatriz mehmet kenji aminata fatmir claire youssef friederike',
  },
  {
    key: 'after', visibility: 'open', name: 'After hours', opened: 98, unread: 0,
    purpose: 'Bikes, mountains, dogs, music, recipes. Nothing here is work.',
    audience: 'Whoever feels like it.',
    hosts: 'spela caua',
    members: 'nejc andrej emina matej olena jure lan mehmet haruka kenji mio arjun meera ananya achieng otieno thiago beatriz youssef femke joost oisin claire soren zala fatmir tomaz agnieszka takumi wambui mei',
  },
]
