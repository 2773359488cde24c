/**
 * The sixty of Kolovar, an invented maker and recycler of e-bike batteries, and its invented partner Grauwacke Metals.
 * One line each: handle | name | title | time zone | pronouns | about. A line starting with `bot` or `guest` says so.
 */
export const people = String.raw`
mojca | Mojca Zupan | Managing director · Maribor | Europe/Ljubljana | she/her | Started here on the winding bench in year two. Ask me anything on the first working day of the month, or just ask.
tomaz | Tomaž Kranjc | Line lead, line 4 · Maribor | Europe/Ljubljana | he/him | Line 4 is my third ramp-up. I keep a notebook of everything I was wrong about; it is on its second volume.
nejc | Nejc Hribar | Laser welding · Maribor | Europe/Ljubljana | | Busbars, tabs, shielding gas. Bring me your ugly seams.
spela | Špela Vidmar | Quality engineer · Maribor | Europe/Ljubljana | she/her | I read the returns so that you read them once. Trumpet in the Tezno brass band.
andrej | Andrej Golob | Maintenance, nights · Maribor | Europe/Ljubljana | | Nineteen years of nights. If it hums wrong, I hear it from the canteen.
petra | Petra Rozman | People and learning · Maribor | Europe/Ljubljana | she/her | New here? I am your first stop and, if you like, your first coffee.
luka | Luka Pečnik | Process engineer, formation · Maribor | Europe/Ljubljana | he/him | Cells need patience. So do I, before nine.
ivana | Ivana Babić | Production planning · Maribor | Europe/Zagreb | she/her | I own the plan, not the truth. Tell me early when they part.
dejan | Dejan Stojanović | Shift lead, nights · Maribor | Europe/Ljubljana | he/him | Handover at 05:40. Bring facts, I bring burek.
zala | Zala Kos | Apprentice, mechatronics · Maribor | Europe/Ljubljana | she/her | Second year. Currently learning why the drawing and the part disagree.
fatmir | Fatmir Krasniqi | Tooling and fixtures · Maribor | Europe/Ljubljana | he/him | If you hold it with one hand while you screw with the other, call me. There should be a fixture.
emina | Emina Hadžić | Canteen and site services · Maribor | Europe/Ljubljana | she/her | Allergies, keys, parking, lost gloves.
matej | Matej Oblak | IT and networks · Maribor | Europe/Ljubljana | he/him | Yes, I tried turning it off.
olena | Olena Shevchuk | Electrode coating and dry room · Maribor | Europe/Ljubljana | she/her | Dew point −42 °C or nobody coats. From Kharkiv.
benedek | Benedek Szabó | Controlling · Maribor | Europe/Budapest | he/him | I turn scrap rates into euros so that somebody notices them.
jure | Jure Mlakar | Test bench and abuse tests · Maribor | Europe/Ljubljana | | I break packs for a living, in writing.
katrin | Katrin Vogel | Head of recycling · Freiberg | Europe/Berlin | she/her | What comes back is the best teacher we have.
henning | Henning Petersen | Hydrometallurgist · Freiberg | Europe/Berlin | he/him | pH, patience, filter cloth. North Sea accent, I know.
lan | Bùi Thị Lan | Analytical chemist, ICP and chromatography · Freiberg | Europe/Berlin | she/her | Please label your samples. Please. I can measure anything but your memory.
ruediger | Rüdiger Seifert | Discharge and shredder line · Freiberg | Europe/Berlin | er | Erst entladen, dann reden.
agnieszka | Agnieszka Wójcik | Safety engineer, all sites · Freiberg | Europe/Berlin | she/her | I collect near misses, with thanks and without names.
mehmet | Mehmet Aydın | Dismantling cell lead · Freiberg | Europe/Berlin | he/him | 11 minutes 40 for a Vireo 500, by hand. The robot is not there yet.
jonas | Jonas Richter | Automation, dismantling robot · Freiberg | Europe/Berlin | | Teaching a robot arm what Mehmet's thumbs know.
friederike | Friederike Adler | Works council · Freiberg | Europe/Berlin | sie | Sprechstunde im Container hinter Halle 2, immer mit Kaffee.
haruka | Haruka Ishikawa | Electrolyte chemist · Hamamatsu | Asia/Tokyo | she/her | 電解液と添加剤を担当しています。Questions in English are welcome; answers come with graphs.
kenji | Kenji Matsuda | Head of cell lab · Hamamatsu | Asia/Tokyo | he/him | セルラボ責任者。 Twenty-two years of pouch cells. Weekends: eel fishing, badly.
daiki | Daiki Ōno | Formation and ageing · Hamamatsu | Asia/Tokyo | | 充放電装置412チャンネルの番人。 Keeper of 412 channels.
mio | Mio Fujita | Materials characterisation · Hamamatsu | Asia/Tokyo | she/her | XRD, SEM, and a label printer I will defend with my life.
takumi | Takumi Hayashi | Cell design · Hamamatsu | Asia/Tokyo | he/him | 0.05 mm matters. 設計担当。
priya | Priya Deshmukh | BMS firmware lead · Pune | Asia/Kolkata | she/her | Firmware for every pack since Vireo 400. Fewer states, better names.
arjun | Arjun Nair | Firmware engineer · Pune | Asia/Kolkata | he/him | State of charge is an opinion. I try to make it a well-informed one.
meera | Meera Kulkarni | Field data · Pune | Asia/Kolkata | she/her | 61,000 packs tell me how they feel every night. I write down what they have in common.
imran | Imran Shaikh | Test automation · Pune | Asia/Kolkata | he/him | If you did it twice by hand, send it to me.
ananya | Ananya Bose | Rider app · Pune | Asia/Kolkata | she/her | The little percentage on your handlebar. Sorry. It gets better in 4.2.
rohan | Rohan Gaikwad | Graduate engineer, firmware · Pune | Asia/Kolkata | he/him | Week sixteen. I keep the dictionary of things everyone knows.
achieng | Achieng Odhiambo | Swap network lead · Kisumu | Africa/Nairobi | she/her | 15 stations, 620 riders, one lake. Swap in under 40 seconds or tell me why not.
kamau | Kamau Njoroge | Field technician · Kisumu | Africa/Nairobi | he/him | Connectors, cabinets, occasional goats.
wambui | Wambui Mwangi | Take-back and second life · Kisumu | Africa/Nairobi | she/her | A pack at 70 % is a tired bicycle and a brand-new clinic fridge.
otieno | Brian Otieno | Rider relations · Kisumu | Africa/Nairobi | he/him | I rode a boda for six years. I know what you are going to say about the handle.
thiago | Thiago Moreira | Plant manager · Joinville | America/Sao_Paulo | ele | Copying line 4, with improvements. Do not tell Tomaž. He knows.
juliana | Juliana Ferreira | Quality · Joinville | America/Sao_Paulo | ela/she | Measure twice, then measure the gauge.
caua | Cauã Ribeiro | Line technician · Joinville | America/Sao_Paulo | ele/he | Screwdrivers, torque curves, surf forecast.
beatriz | Beatriz Sato | Process engineer · Joinville | America/Sao_Paulo | she/her | Joinville by day, Hamamatsu in the family. Falo português, 日本語も少し.
salma | Salma Bennani | Supply chain · Tangier | Africa/Casablanca | she/her | Separators, foils, patience. I answer faster than the port does.
youssef | Youssef El Amrani | Harness assembly lead · Tangier | Africa/Casablanca | he/him | يوسف. Every crimp here was pulled by someone who cares.
hicham | Hicham Tazi | Dangerous goods and freight · Tangier | Africa/Casablanca | | UN 3480, UN 3481, packing instruction 965. I dream in labels.
layla | Layla Haddad | Customer engineering · Amman | Asia/Amman | she/her | ليلى. Second month. Looking after fleets from Amman to Muscat.
femke | Femke de Wit | Service desk lead · Utrecht | Europe/Amsterdam | she/her | 340 tickets a week, 40 of them interesting.
joost | Joost Hendriks | Workshop · Utrecht | Europe/Amsterdam | hij | I open the packs you send back. Yes, including the one with the jam in it.
aminata | Aminata Diallo | Fleet customers · Lyon | Europe/Paris | elle/she | Cargo fleets in France, Belgium and Senegal. I forward the complaint and the compliment.
oisin | Oisín Byrne | Technical writer · Cork | Europe/Dublin | he/they | I turn "obviously" into three numbered steps.
claire | Claire Tremblay | Sales, North America · Montréal | America/Toronto | elle | Selling batteries to people who are used to gasoline and snow.
soren | Søren Lauridsen | Industrial design · Aarhus | Europe/Copenhagen | he/him | Handles, latches, casings that can be opened again.
mei | Mei-Ling Chou | Bicycle makers and fit · Taichung | Asia/Taipei | she/her | Between our drawings and forty frame makers' drawings.
parvaneh | Parvaneh Rostami | Patents and standards · Utrecht | Europe/Amsterdam | she/her | Nobody reads the standard. So I read it to you, in one line.
guest sigrid | Sigrid Halvorsen | Process chemist · Grauwacke Metals | Europe/Oslo | she/her | Leaching and precipitation at Grauwacke. Guest here, and treated like family.
guest pavel | Pavel Novotný | Plant engineer · Grauwacke Metals | Europe/Prague | he/him | I run the pilot leach line in Ostrava that your black mass goes into.
guest tendai | Tendai Moyo | Contracts and logistics · Grauwacke Metals | Europe/Prague | he/him | Weighbridge tickets are a love language.
bot lineboard | Line 4 board | Counts from the line, once a shift | Europe/Ljubljana | | I read the counters of line 4 and post them. I do not know why. Ask Tomaž why.
bot buildbell | Build bell | Firmware releases and test runs | Asia/Kolkata | | I ring when something is released, and when something fails twice.
`

/** Where each of them works. Partners and bots are in no department. */
export const departments: Record<string, string> = {
  Production: 'tomaz nejc andrej luka ivana dejan zala fatmir olena thiago caua beatriz youssef jure',
  'Cells and recycling': 'katrin henning lan ruediger mehmet jonas haruka kenji daiki mio takumi wambui',
  'Firmware and data': 'priya arjun meera imran ananya rohan matej',
  'Customers and field': 'achieng kamau otieno layla femke joost aminata claire mei soren',
  'Quality and operations': 'mojca spela petra emina benedek agnieszka friederike juliana salma hicham oisin parvaneh',
}
