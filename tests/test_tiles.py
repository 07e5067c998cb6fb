import csv
import random
import re
from collections import Counter
from itertools import pairwise

from votes.tiles import COLUMNS, PLACES, ROWS, TILES

# Pairs of members that share a land border, each once: a member, then some of its neighbours.
# A list for judging distances on the map; which borders are settled is not its question.
NEIGHBOURS = """
CAN: USA
USA: MEX
GTM: BLZ HND MEX SLV
BLZ: MEX
HND: NIC SLV
CRI: NIC PAN
COL: BRA ECU PAN PER VEN
BRA: ARG BOL GUY PER PRY SUR URY VEN
BOL: ARG CHL PER PRY
PER: CHL ECU
ARG: CHL PRY URY
GUY: SUR VEN
DOM: HTI
ESP: AND FRA PRT
FRA: AND BEL CHE DEU ITA LUX MCO
DEU: AUT BEL CHE CZE DNK LUX NLD POL
BEL: LUX NLD
GBR: IRL
NOR: FIN RUS SWE
FIN: RUS SWE
EST: LVA RUS
LVA: BLR LTU RUS
LTU: BLR POL RUS
POL: BLR CZE RUS SVK UKR
BLR: RUS UKR
UKR: HUN MDA ROU RUS SVK
CZE: AUT SVK
AUT: CHE HUN ITA LIE SVK SVN
CHE: ITA LIE
ITA: SMR SVN
HUN: HRV ROU SRB SVK SVN
HRV: BIH MNE SRB SVN
SRB: BGR BIH MKD MNE ROU
BIH: MNE
ROU: BGR MDA
ALB: GRC MKD MNE
GRC: BGR MKD TUR
BGR: MKD TUR
TUR: ARM GEO IRN IRQ SYR
GEO: ARM AZE RUS
AZE: ARM IRN RUS
IRN: AFG ARM IRQ PAK TKM
IRQ: JOR KWT SAU SYR
SYR: JOR LBN
ISR: EGY JOR LBN
SAU: ARE JOR KWT OMN QAT YEM
OMN: ARE YEM
KAZ: CHN KGZ RUS TKM UZB
UZB: AFG KGZ TJK TKM
TJK: AFG CHN KGZ
AFG: CHN PAK TKM
IND: BGD BTN CHN MMR NPL PAK
CHN: BTN KGZ LAO MMR MNG NPL PRK RUS VNM
MMR: BGD LAO THA
LAO: KHM THA VNM
KHM: THA VNM
MYS: BRN IDN THA
IDN: PNG TLS
RUS: MNG PRK
KOR: PRK
DZA: LBY MAR MLI MRT NER TUN
LBY: EGY NER SDN TCD TUN
SDN: CAF EGY ERI ETH SSD TCD
ETH: DJI ERI KEN SOM SSD
DJI: ERI SOM
KEN: SOM SSD TZA UGA
MLI: BFA CIV GIN MRT NER SEN
SEN: GIN GMB GNB MRT
GIN: CIV GNB LBR SLE
LBR: CIV SLE
BFA: BEN CIV GHA NER TGO
GHA: CIV TGO
BEN: NER NGA TGO
NGA: CMR NER TCD
TCD: CAF CMR NER
CMR: CAF COG GAB GNQ
GAB: COG GNQ
CAF: COD COG SSD
COD: AGO BDI COG RWA SSD TZA UGA ZMB
RWA: BDI TZA UGA
TZA: BDI MOZ MWI UGA ZMB
UGA: SSD
AGO: COG NAM ZMB
ZMB: BWA MOZ MWI NAM ZWE
MOZ: MWI SWZ ZAF ZWE
ZAF: BWA LSO NAM SWZ ZWE
BWA: NAM ZWE
"""

# A single tile cannot lie beside both ends of the Russian Federation; it lies by its west.
OUT_OF_REACH = {("CHN", "RUS"), ("MNG", "RUS"), ("PRK", "RUS")}

# In each line every member lies further to the named side than the one after it.
NORTH_OF = """
CAN USA MEX GTM SLV NIC CRI PAN COL ECU PER CHL
BLZ HND NIC
BHS CUB JAM VEN BRA URY ARG
KNA ATG DMA LCA VCT TTO GUY BRA
DMA BRB GRD
VEN BOL PRY ARG
ISL GBR FRA ESP MAR MRT SEN GIN SLE
ISL IRL PRT
NOR DNK DEU AUT ITA MLT TUN
DNK NLD BEL FRA AND ESP
LUX CHE ITA
FIN EST LVA LTU UKR ROU BGR GRC EGY
POL CZE AUT SVN BIH ALB
POL SVK HUN SRB MKD GRC
BLR UKR MDA BGR
RUS GEO ARM IRN QAT OMN
TUR SYR JOR YEM SYC MDG
TUR CYP EGY SDN SSD UGA RWA BDI ZWE ZAF
LBN ISR ERI ETH KEN TZA MWI MOZ SWZ
IRQ KWT SAU YEM SOM
DZA MLI CIV LBR STP AGO NAM ZAF
NER BEN GAB AGO
SDN CAF COD ZMB
SEN GMB GNB
TCD NGA CMR COG ZMB BWA ZAF
SYC COM MDG
KAZ UZB TJK PAK LKA MDV
KGZ NPL IND LKA
MNG CHN BTN BGD THA MYS SGP
PRK KOR PHL PLW PNG AUS NZL
LAO KHM BRN IDN TLS AUS
FSM NRU SLB VUT FJI NZL
MHL KIR TUV WSM TON
"""
WEST_OF = """
USA CUB HTI DOM
MEX BLZ JAM
GTM HND CUB
CHL ARG URY
ECU VEN GUY SUR
PER BOL BRA
LCA BRB CPV GMB GIN CIV TGO BEN NGA CAF ERI
CPV SEN MLI BFA NER TCD SDN
ISL NOR SWE FIN
IRL GBR NLD DEU POL LTU BLR RUS
BEL LUX CZE SVK UKR
PRT ESP ITA HRV SRB BGR TUR GEO
FRA CHE LIE AUT HUN ROU MDA
AND MCO SMR MLT GRC
SVN BIH MNE
MAR DZA TUN LBY EGY ISR JOR SAU ARE
ALB GRC CYP LBN
SYR IRQ IRN AFG TJK CHN KOR JPN
TUR ARM AZE TKM UZB KGZ CHN
KWT BHR PAK IND BGD MMR LAO VNM PHL
YEM OMN LKA MYS BRN
STP GAB COG UGA KEN SOM SYC
SLE LBR GHA CMR SSD ETH DJI
GNB GIN
GNQ COD RWA TZA COM MDG MUS
NAM BWA ZWE MOZ MDG
ZAF LSO SWZ
KAZ MNG PRK
PLW FSM MHL
SGP IDN PNG SLB TUV
AUS VUT WSM
FJI TON
AUS NZL
"""

Cell = tuple[int, int]
PLACE: dict[str, Cell] = {tile.code: (tile.column, tile.row) for tile in TILES}


def pairs() -> list[tuple[str, str]]:
    lines = [line.split(":") for line in NEIGHBOURS.split("\n") if line]
    return [(min(a, b), max(a, b)) for a, others in lines for b in others.split()]


def chains(text: str) -> list[tuple[str, str]]:
    lines = [line.split() for line in text.split("\n")]
    return [couple for line in lines for couple in pairwise(line)]


def distance(place: dict[str, Cell], one: str, other: str) -> int:
    """The moves of a chess king from one tile to the other."""
    return max(abs(a - b) for a, b in zip(place[one], place[other], strict=True))


def share_within(moves: int, place: dict[str, Cell]) -> float:
    near = [pair for pair in pairs() if distance(place, *pair) <= moves]
    return len(near) / len(pairs())


def test_each_of_the_193_members_has_one_tile():
    codes = [tile.code for tile in TILES]
    assert len(codes) == len(set(codes)) == 193
    assert [code for code in codes if not re.fullmatch("[A-Z]{3}", code)] == []


def test_the_tiles_are_those_of_the_members(reference_data):
    with (reference_data / "data" / "member_states.csv").open(encoding="utf-8-sig") as file:
        members = {row["iso3"] for row in csv.DictReader(file)}
    assert {tile.code for tile in TILES} == members


def test_the_file_has_a_header_and_is_sorted_by_code():
    header, *lines = PLACES.read_text(encoding="utf-8").splitlines()
    assert header == "code,column,row"
    assert lines == sorted(lines)


def test_no_two_members_share_a_cell():
    cells = Counter(PLACE.values())
    assert [cell for cell, count in cells.items() if count > 1] == []


def test_the_map_begins_at_one_and_stays_small_enough_for_tiles_to_be_touched():
    assert min(tile.column for tile in TILES) == min(tile.row for tile in TILES) == 1
    assert max(tile.column for tile in TILES) == COLUMNS <= 30
    assert max(tile.row for tile in TILES) == ROWS <= 22


def test_the_list_of_neighbours_is_long_and_names_each_pair_once():
    assert len(pairs()) == len(set(pairs())) >= 280
    assert {code for pair in pairs() for code in pair} <= PLACE.keys()


def test_most_neighbours_touch_and_nearly_all_are_two_moves_apart_at_most():
    assert share_within(1, PLACE) >= 0.75
    assert share_within(2, PLACE) >= 0.95


def test_no_neighbours_are_far_apart_but_those_of_one_very_wide_country():
    far = {pair for pair in pairs() if distance(PLACE, *pair) > 6}
    assert far == OUT_OF_REACH


def test_a_shuffled_map_would_not_pass_for_this_one():
    shuffler = random.Random(193)
    for _ in range(20):
        cells = shuffler.sample(list(PLACE.values()), len(PLACE))
        assert share_within(2, dict(zip(PLACE, cells, strict=True))) < 0.2


def test_what_lies_north_is_above():
    wrong = [(a, b) for a, b in chains(NORTH_OF) if PLACE[a][1] >= PLACE[b][1]]
    assert wrong == []


def test_what_lies_west_is_on_the_left():
    wrong = [(a, b) for a, b in chains(WEST_OF) if PLACE[a][0] >= PLACE[b][0]]
    assert wrong == []


def test_the_compass_names_every_member():
    named = {code for couple in chains(NORTH_OF) + chains(WEST_OF) for code in couple}
    assert len(chains(NORTH_OF)) >= 100
    assert len(chains(WEST_OF)) >= 100
    assert named == PLACE.keys()


def test_new_zealand_lies_south_east_of_australia():
    (west, north), (east, south) = PLACE["AUS"], PLACE["NZL"]
    assert west < east
    assert north < south


def test_india_lies_between_pakistan_and_bangladesh():
    assert PLACE["PAK"][0] < PLACE["IND"][0] < PLACE["BGD"][0]


def test_south_africa_ends_africa_with_lesotho_and_eswatini_beside_it():
    assert PLACE["ZAF"][1] == ROWS
    assert distance(PLACE, "ZAF", "LSO") == 1
    assert distance(PLACE, "ZAF", "SWZ") <= 2


def test_the_americas_lie_on_the_left_and_the_pacific_on_the_right():
    americas = ["CAN", "USA", "MEX", "CUB", "BRB", "BRA", "CHL", "ARG"]
    pacific = ["FSM", "MHL", "NRU", "KIR", "SLB", "VUT", "TUV", "FJI", "WSM", "TON", "NZL"]
    rest = PLACE.keys() - {*americas, *pacific}
    assert max(PLACE[code][0] for code in americas) < PLACE["ISL"][0]
    assert min(PLACE[code][0] for code in pacific) > PLACE["AUS"][0]
    assert max(PLACE[code][0] for code in rest) < COLUMNS
