// The words of the demo pair's training problems (training/): nothing else means anything to it.

/** People in stories and orderings. */
export const DEMO_NAMES: readonly string[] = (
  'Ada Ben Cara Dan Ella Finn Gina Hugo Iris Jack Kira Leo Mia Noah Olga Paul Quinn Rosa Sam Tara Uma Victor Wendy ' +
  'Yara Zoe Amir Bella Carlos Diana Emil Fatima George'
).split(' ');

/** Things in stories. */
export const DEMO_ITEMS: readonly string[] = (
  'apples pears books coins cards shells stickers marbles pencils stamps buttons cookies eggs flowers tickets ' +
  'bottles boxes toys beads balls'
).split(' ');

/** Scales of orderings. */
export const SUPERLATIVES: readonly { readonly more: string; readonly most: string; readonly least: string }[] = [
  { more: 'taller', most: 'tallest', least: 'shortest' },
  { more: 'older', most: 'oldest', least: 'youngest' },
  { more: 'faster', most: 'fastest', least: 'slowest' },
  { more: 'heavier', most: 'heaviest', least: 'lightest' },
  { more: 'richer', most: 'richest', least: 'poorest' },
];

const COUNTRIES =
  'Egypt=Cairo, Kenya=Nairobi, Ghana=Accra, Nigeria=Abuja, Morocco=Rabat, Algeria=Algiers, Tunisia=Tunis, ' +
  'Libya=Tripoli, Ethiopia=Addis Ababa, Uganda=Kampala, Senegal=Dakar, Mali=Bamako, Niger=Niamey, Sudan=Khartoum, ' +
  'Angola=Luanda, Zambia=Lusaka, Zimbabwe=Harare, Rwanda=Kigali, Somalia=Mogadishu, Namibia=Windhoek, ' +
  'Botswana=Gaborone, Madagascar=Antananarivo, Mozambique=Maputo, Malawi=Lilongwe, Japan=Tokyo, China=Beijing, ' +
  'India=New Delhi, Thailand=Bangkok, Vietnam=Hanoi, Nepal=Kathmandu, Iran=Tehran, Iraq=Baghdad, Syria=Damascus, ' +
  'Jordan=Amman, Lebanon=Beirut, Oman=Muscat, Qatar=Doha, Pakistan=Islamabad, Bangladesh=Dhaka, ' +
  'Mongolia=Ulaanbaatar, Indonesia=Jakarta, Malaysia=Kuala Lumpur, Philippines=Manila, Laos=Vientiane, ' +
  'Cambodia=Phnom Penh, Bhutan=Thimphu, France=Paris, Spain=Madrid, Portugal=Lisbon, Italy=Rome, Germany=Berlin, ' +
  'Austria=Vienna, Poland=Warsaw, Greece=Athens, Norway=Oslo, Sweden=Stockholm, Finland=Helsinki, ' +
  'Denmark=Copenhagen, Ireland=Dublin, Belgium=Brussels, Hungary=Budapest, Romania=Bucharest, Bulgaria=Sofia, ' +
  'Serbia=Belgrade, Croatia=Zagreb, Ukraine=Kyiv, Estonia=Tallinn, Latvia=Riga, Lithuania=Vilnius, ' +
  'Iceland=Reykjavik, Peru=Lima, Chile=Santiago, Brazil=Brasilia, Argentina=Buenos Aires, Colombia=Bogota, ' +
  'Venezuela=Caracas, Ecuador=Quito, Uruguay=Montevideo, Paraguay=Asuncion, Guyana=Georgetown, Suriname=Paramaribo, ' +
  'Canada=Ottawa, Mexico=Mexico City, Cuba=Havana, Jamaica=Kingston, Haiti=Port-au-Prince, Panama=Panama City, ' +
  'Honduras=Tegucigalpa, Nicaragua=Managua, Guatemala=Guatemala City, Belize=Belmopan, Australia=Canberra, New ' +
  'Zealand=Wellington, Fiji=Suva, Samoa=Apia, Tonga=Nukualofa';

/** The capital of each country of the closed world. */
export const CAPITALS_BY_COUNTRY: ReadonlyMap<string, string> = new Map(
  COUNTRIES.split(', ').map((pair) => {
    const [country = '', capital = ''] = pair.split('=');
    return [country, capital] as const;
  }),
);

/** Chemical elements, by atomic number. */
export const ELEMENTS: readonly string[] = (
  'hydrogen helium lithium beryllium boron carbon nitrogen oxygen fluorine neon sodium magnesium aluminium silicon ' +
  'phosphorus sulfur chlorine argon potassium calcium scandium titanium vanadium chromium manganese iron cobalt ' +
  'nickel copper zinc gallium germanium arsenic selenium bromine krypton'
).split(' ');

/** Animals, in the singular. */
export const ANIMAL_KINDS: readonly string[] = (
  'dog cat horse cow lion tiger rabbit wolf bear camel goat pig donkey squirrel hedgehog kangaroo whale dolphin ' +
  'eagle hen swan parrot penguin owl falcon raven pigeon duck robin ostrich bee ant beetle wasp moth cricket locust ' +
  'cicada termite spider scorpion tick mite lizard turtle crocodile gecko iguana snake cobra python viper frog toad ' +
  'newt salamander shark trout tuna eel carp herring'
).split(' ');
