"""The closed world of facts behind the knowledge problems."""

from __future__ import annotations

_COUNTRIES = """
Africa: Egypt=Cairo, Kenya=Nairobi, Ghana=Accra, Nigeria=Abuja, Morocco=Rabat, Algeria=Algiers, Tunisia=Tunis
Africa: Libya=Tripoli, Ethiopia=Addis Ababa, Uganda=Kampala, Senegal=Dakar, Mali=Bamako, Niger=Niamey, Sudan=Khartoum
Africa: Angola=Luanda, Zambia=Lusaka, Zimbabwe=Harare, Rwanda=Kigali, Somalia=Mogadishu, Namibia=Windhoek
Africa: Botswana=Gaborone, Madagascar=Antananarivo, Mozambique=Maputo, Malawi=Lilongwe
Asia: Japan=Tokyo, China=Beijing, India=New Delhi, Thailand=Bangkok, Vietnam=Hanoi, Nepal=Kathmandu, Iran=Tehran
Asia: Iraq=Baghdad, Syria=Damascus, Jordan=Amman, Lebanon=Beirut, Oman=Muscat, Qatar=Doha, Pakistan=Islamabad
Asia: Bangladesh=Dhaka, Mongolia=Ulaanbaatar, Indonesia=Jakarta, Malaysia=Kuala Lumpur, Philippines=Manila
Asia: Laos=Vientiane, Cambodia=Phnom Penh, Bhutan=Thimphu
Europe: France=Paris, Spain=Madrid, Portugal=Lisbon, Italy=Rome, Germany=Berlin, Austria=Vienna, Poland=Warsaw
Europe: Greece=Athens, Norway=Oslo, Sweden=Stockholm, Finland=Helsinki, Denmark=Copenhagen, Ireland=Dublin
Europe: Belgium=Brussels, Hungary=Budapest, Romania=Bucharest, Bulgaria=Sofia, Serbia=Belgrade, Croatia=Zagreb
Europe: Ukraine=Kyiv, Estonia=Tallinn, Latvia=Riga, Lithuania=Vilnius, Iceland=Reykjavik
South America: Peru=Lima, Chile=Santiago, Brazil=Brasilia, Argentina=Buenos Aires, Colombia=Bogota, Venezuela=Caracas
South America: Ecuador=Quito, Uruguay=Montevideo, Paraguay=Asuncion, Guyana=Georgetown, Suriname=Paramaribo
North America: Canada=Ottawa, Mexico=Mexico City, Cuba=Havana, Jamaica=Kingston, Haiti=Port-au-Prince
North America: Panama=Panama City, Honduras=Tegucigalpa, Nicaragua=Managua, Guatemala=Guatemala City, Belize=Belmopan
Oceania: Australia=Canberra, New Zealand=Wellington, Fiji=Suva, Samoa=Apia, Tonga=Nukualofa
"""

COUNTRIES: list[tuple[str, str, str]] = [
    (country, capital, continent)
    for line in _COUNTRIES.strip().splitlines()
    for continent, listed in [line.split(": ")]
    for country, capital in [pair.split("=") for pair in listed.split(", ")]
]
"""(country, capital, continent). Its order is part of the random streams: do not sort it."""

_ELEMENTS = """hydrogen H, helium He, lithium Li, beryllium Be, boron B, carbon C, nitrogen N, oxygen O, fluorine F,
neon Ne, sodium Na, magnesium Mg, aluminium Al, silicon Si, phosphorus P, sulfur S, chlorine Cl, argon Ar, potassium K,
calcium Ca, scandium Sc, titanium Ti, vanadium V, chromium Cr, manganese Mn, iron Fe, cobalt Co, nickel Ni, copper Cu,
zinc Zn, gallium Ga, germanium Ge, arsenic As, selenium Se, bromine Br, krypton Kr"""

ELEMENTS: list[tuple[int, str, str]] = [
    (number, symbol, element)
    for number, (element, symbol) in enumerate((pair.split() for pair in _ELEMENTS.replace("\n", " ").split(", ")), 1)
]
"""(atomic number, symbol, name)"""

_ANIMALS = """
mammal 4: dog, cat, horse, cow, lion, tiger, rabbit, wolf, bear, camel, goat, pig, donkey, squirrel, hedgehog
mammal 2: kangaroo
mammal 0: whale, dolphin
bird 2: eagle, hen, swan, parrot, penguin, owl, falcon, raven, pigeon, duck, robin, ostrich
insect 6: bee, ant, beetle, wasp, moth, cricket, locust, cicada, termite
arachnid 8: spider, scorpion, tick, mite
reptile 4: lizard, turtle, crocodile, gecko, iguana
reptile 0: snake, cobra, python, viper
amphibian 4: frog, toad, newt, salamander
fish 0: shark, trout, tuna, eel, carp, herring
"""

ANIMALS: list[tuple[str, str, int]] = [
    (animal, family, int(legs))
    for line in _ANIMALS.strip().splitlines()
    for head, listed in [line.split(": ")]
    for family, legs in [head.split()]
    for animal in listed.split(", ")
]
"""(animal, kind, legs)"""
