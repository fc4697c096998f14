"""Points as people copy them from maps, telephones and encyclopedias, in all our languages; and what is no point."""

import pytest

from memory_road.facts.point import Point, PointRefused
from memory_road.facts.point_words import read_point

MOSCOW = "55.7558, 37.6173"
TO_THE_SECOND = "55.7558, 37.6178"
UNDERSTOOD = [
    # what was typed, the point, what it shows
    ("55.7558, 37.6173", MOSCOW, "as map sites show it"),
    ("55.7558,37.6173", MOSCOW, "without a space"),
    ("55.7558 37.6173", MOSCOW, "with nothing but a space"),
    ("55.7558; 37.6173", MOSCOW, "with a semicolon"),
    ("55.7558/37.6173", MOSCOW, "with a stroke"),
    (" 55.7558,\n37.6173 ", MOSCOW, "on two lines"),
    ("(55.7558, 37.6173)", MOSCOW, "in brackets"),
    ("55,7558 37,6173", MOSCOW, "with decimal commas"),
    ("55,7558, 37,6173", MOSCOW, "with commas for everything"),
    ("55,7558,37,6173", MOSCOW, "and no space"),
    ("55,7558; 37,6173", MOSCOW, "decimal commas and a semicolon"),
    ("55.755826, 37.6172999", MOSCOW, "more digits than are kept"),
    ("55.75, 37.6", "55.75, 37.6", "no more digits than were known"),
    ("55.7558°, 37.6173°", MOSCOW, "with degree signs"),
    ("55.7558º 37.6173º", MOSCOW, "or with what looks like them"),
    ("+55.7558, +37.6173", MOSCOW, "with signs"),
    ("-33.8688, 151.2093", "-33.8688, 151.2093", "south of the equator"),
    ("−33.8688, −70.6693", "-33.8688, -70.6693", "with the true minus"),
    ("66.5, -179.9999", "66.5, -179.9999", "beyond the date line"),
    ("Координаты: 55.7558, 37.6173", MOSCOW, "behind a heading"),
    # with hemispheres
    ("N55.7558 E37.6173", MOSCOW, "letters before"),
    ("N 55.7558, E 37.6173", MOSCOW, "letters before, with spaces"),
    ("55.7558N 37.6173E", MOSCOW, "letters behind"),
    ("55.7558° N, 37.6173° E", MOSCOW, "as encyclopedias have it"),
    ("E37.6173 N55.7558", MOSCOW, "longitude first, and named"),
    ("37.6173 E, 55.7558 N", MOSCOW, "the same behind"),
    ("33.8688 S 70.6693 W", "-33.8688, -70.6693", "south and west"),
    ("N 55 45.350 E 037 37.070", "55.7558, 37.6178", "minutes with decimals, as hikers write them"),
    ("N 55° 45.350 E 037° 37.070", "55.7558, 37.6178", "the same with degree signs"),
    ("55 45 21 N, 37 37 04 E", TO_THE_SECOND, "with nothing but spaces"),
    ("Lat: 55.7558 Lon: 37.6173", MOSCOW, "with the names of the axes"),
    ("Longitude 37.6173, latitude 55.7558", MOSCOW, "in the other order"),
    ("lat=-33.8688, lng=151.2093", "-33.8688, 151.2093", "as programs write them"),
    ("широта 55.7558, долгота 37.6173", MOSCOW, "in Russian"),
    ("Latitude: 55.7558 N, Longitude: 37.6173 E", MOSCOW, "both"),
    # minutes and seconds
    ("55°45′21″ N 37°37′04″ E", TO_THE_SECOND, "as telephones show it"),
    ("55°45'21\"N 37°37'04\"E", TO_THE_SECOND, "with typewriter's quotes"),
    ("55°45’21” N, 37°37’04” E", TO_THE_SECOND, "with typographer's quotes"),
    ("55°45'21''N 37°37'04''E", TO_THE_SECOND, "with two single quotes"),
    ("55°45′20.96″N, 37°37′02.3″E", "55.7558, 37.6173", "seconds with decimals"),
    ("55° 45′ 20,96″ с. ш. 37° 37′ 02,3″ в. д.", "55.7558, 37.6173", "seconds with a comma"),
    ("55°45′21″ 37°37′04″", TO_THE_SECOND, "without letters"),
    ("55°45'21\", 37°37'04\"", TO_THE_SECOND, "without letters, with a comma"),
    ("55° N 37° E", "55.0, 37.0", "whole degrees, where somebody says so"),
    # languages
    ("55°45'21\"с. ш. 37°37'04\"в. д.", TO_THE_SECOND, "Russian"),
    ("55°45′21″ с.ш., 37°37′04″ в.д.", TO_THE_SECOND, "Russian without spaces"),
    ("55°45′21″ СШ 37°37′04″ ВД", TO_THE_SECOND, "Russian in capitals"),
    ("С55.7558 В37.6173", MOSCOW, "Russian letters before, the С of Cyrillic"),
    ("55°45′21″ северной широты, 37°37′04″ восточной долготы", TO_THE_SECOND, "Russian in words"),
    ("33°52′ ю. ш. 70°40′ з. д.", "-33.8667, -70.6667", "Russian, south and west"),
    ("55°45′21″ с. ш. 37°37′04″ в. д.HGЯO", TO_THE_SECOND, "Russian, as an encyclopedia's page is copied"),
    ("55°45′21″ с. ш. 37°37′04″ в. д. (G) (O) (Я)", TO_THE_SECOND, "and as it is copied today"),
    ("53°54′ пн. ш. 27°34′ у. д.", "53.9, 27.5667", "Belarusian"),
    ("53°54′ паўночнай шыраты 27°34′ усходняй даўгаты", "53.9, 27.5667", "Belarusian in words"),
    ("50°27′ пн. ш. 30°31′ сх. д.", "50.45, 30.5167", "Ukrainian"),
    ("51°10′ с. е. 71°26′ ш. б.", "51.1667, 71.4333", "Kazakh"),
    ("51°10′ солтүстік ендік, 71°26′ шығыс бойлық", "51.1667, 71.4333", "Kazakh in words"),
    ("33°52′ о. е. 70°40′ б. б.", "-33.8667, -70.6667", "Kazakh, south and west"),
    ("42°52′ түн. к. 74°34′ ч. у.", "42.8667, 74.5667", "Kyrgyz"),
    ("42°52′ түндүк кеңдик 74°34′ чыгыш узундук", "42.8667, 74.5667", "Kyrgyz in words"),
    ("38°33′ а. ш. 68°46′ т. ш.", "38.55, 68.7667", "Tajik"),
    ("38°33′ арзи шимолӣ 68°46′ тӯли шарқӣ", "38.55, 68.7667", "Tajik in words"),
    ("40°10′40″ հս․ լ․ 44°30′45″ ավ․ ե․", "40.1778, 44.5125", "Armenian, with its own dots"),
    ("40°10′ հյուսիսային լայնության, 44°30′ արևելյան երկայնության", "40.1667, 44.5", "Armenian in words"),
    ("41°43′ ჩ. გ. 44°47′ ა. გ.", "41.7167, 44.7833", "Georgian"),
    # addresses
    ("geo:55.7558,37.6173", MOSCOW, "a geo URI"),
    ("geo:55.7558,37.6173,150;u=40", MOSCOW, "with height and uncertainty"),
    ("geo:55.7558,37.6173;crs=wgs84", MOSCOW, "in our geodesy, and saying so"),
    ("geo:0,0?q=55.7558,37.6173(Кладбище)", MOSCOW, "with a marker, as Android passes it on"),
    ("https://www.openstreetmap.org/#map=15/55.7558/37.6173", MOSCOW, "OpenStreetMap"),
    ("https://www.openstreetmap.org/?mlat=55.7558&mlon=37.6173#map=5/50/40", MOSCOW, "its marker before its view"),
    ("https://www.openstreetmap.org/node/27504067#map=15/55.7558/37.6173&layers=N", MOSCOW, "a thing on it"),
    ("https://www.google.com/maps/@55.7558,37.6173,15z", MOSCOW, "Google's view"),
    (
        "https://www.google.ru/maps/place/X/@55.1,37.1,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d55.7558!4d37.6173?hl=ru",
        MOSCOW,
        "Google's place before its view",
    ),
    ("https://www.google.com/maps?q=55.7558,37.6173", MOSCOW, "Google's question"),
    ("https://maps.google.com/?q=loc:55.7558+37.6173", MOSCOW, "an old one"),
    ("https://www.google.com/maps/search/?api=1&query=55.7558%2C37.6173", MOSCOW, "percent signs"),
    ("https://www.google.com/maps/search/55.7558,+37.6173", MOSCOW, "a search"),
    ("https://maps.google.com/maps?ll=55.7558,37.6173&z=15", MOSCOW, "the latitude first"),
    ("https://yandex.ru/maps/?ll=37.6173,55.7558&z=15", MOSCOW, "Yandex: the longitude first"),
    ("https://yandex.kz/maps/213/moscow/?ll=37.6173%2C55.7558&z=12", MOSCOW, "in Kazakhstan"),
    (
        "https://yandex.ru/maps/?ll=37.1,55.1&pt=37.6173,55.7558,pm2rdm&z=9",
        MOSCOW,
        "the marker of Yandex before its view",
    ),
    ("https://yandex.ru/maps/?ll=37.1%2C55.1&whatshere%5Bpoint%5D=37.6173%2C55.7558", MOSCOW, "what is here"),
    ("https://yandex.ru/maps/?text=55.7558%2C37.6173", MOSCOW, "what was searched for"),
    ("https://2gis.kz/almaty/geo/70030076/37.6173,55.7558?m=37.1%2C55.1%2F11", MOSCOW, "2GIS, a place"),
    ("https://2gis.ru/moscow?m=37.6173%2C55.7558%2F11", MOSCOW, "2GIS, a view"),
    ("https://maps.apple.com/?ll=55.7558,37.6173&q=Grave", MOSCOW, "Apple"),
    ("https://maps.apple.com/place?coordinate=55.7558,37.6173&name=X", MOSCOW, "Apple today"),
    ("https://www.bing.com/maps?cp=55.7558~37.6173&lvl=12", MOSCOW, "Bing"),
    ("https://wikimapia.org/#lang=ru&lat=55.7558&lon=37.6173&z=12", MOSCOW, "Wikimapia"),
    ("yandex.ru/maps/?ll=37.6173,55.7558", MOSCOW, "as a browser shows it"),
    ("Могила здесь: https://yandex.ru/maps/?ll=37.6173,55.7558", MOSCOW, "with words before"),
    ("55.7558, 37.6173 https://maps.app.goo.gl/AbCdEf123", MOSCOW, "with a short link behind"),
]
REFUSED = [
    ("у реки за деревней", "not_understood", "words"),
    ("55", "not_understood", "one number"),
    ("55,37", "not_understood", "one number, or two"),
    ("55, 37", "not_understood", "two whole numbers can be anything"),
    ("12.05.1915", "not_understood", "a date"),
    ("8 (495) 123-45-67", "not_understood", "a telephone number"),
    ("55.7558, 37.6173, 12.5", "not_understood", "three numbers"),
    ("55.7558 N, 37.6173 N", "not_understood", "two latitudes"),
    ("55.7558 N, 37.6173", "not_understood", "half of it named"),
    ("-55.7558 S, 37.6173 E", "not_understood", "south of minus what?"),
    ("55°75′ N 37°37′ E", "not_understood", "minutes go up to sixty"),
    ("55°45''N 37°37''E", "not_understood", "seconds without minutes"),
    ("55.5°30′ N 37°37′ E", "not_understood", "half a degree and half a degree"),
    ("42°52′ т. к. 74°34′ ч. у.", "not_understood", "north or south, in Kyrgyz"),
    ("1" * 400, "not_understood", "a number without end"),
    ("5 " * 400, "not_understood", "numbers without end"),
    ("95.7558, 37.6173", "out_of_range", "further north than the pole"),
    ("55.7558, 197.6173", "out_of_range", "once round"),
    ("0, 0.0", "nowhere", "what programs say when they know nothing"),
    ("N0.00001 E0.00001", "nowhere", "and nearly that"),
    ("geo:0,0", "nowhere", "as a geo URI"),
    ("geo:55.7558,37.6173;crs=moon", "not_in_link", "on the moon"),
    ("https://maps.app.goo.gl/AbCdEf123", "not_in_link", "a short link"),
    ("https://yandex.ru/maps/-/CDabc123", "not_in_link", "a short link of Yandex"),
    ("https://example.org/?ll=55.7558,37.6173", "not_in_link", "nobody knows which comes first there"),
    ("https://[::1", "not_in_link", "no address at all"),
    ("https://www.openstreetmap.org/?" + "a=1&" * 200, "not_in_link", "more parts than any map has"),
    ("https://www.openstreetmap.org/#map=15/155.7/37.6", "out_of_range", "a broken address"),
]


@pytest.mark.parametrize(("typed", "point", "shows"), UNDERSTOOD, ids=[row[2] for row in UNDERSTOOD])
def test_a_point_is_understood_however_it_was_copied(typed: str, point: str, shows: str) -> None:
    assert str(read_point(typed)) == point


@pytest.mark.parametrize(("typed", "code", "shows"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_is_no_point_is_refused(typed: str, code: str, shows: str) -> None:
    with pytest.raises(PointRefused) as refused:
        read_point(typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text", ["55.7558, 37.6173", "55.0, 37.0", "-0.0001, 180.0", "-33.8688, -70.6693", "90.0, 0.0"]
)
def test_what_is_stored_is_understood_when_it_is_typed_again(text: str) -> None:
    assert Point.stored(text) == read_point(text)
    assert str(Point.stored(text)) == text


def test_a_point_tells_where_maps_show_it() -> None:
    point = Point.at(-33.8688, 151.2)
    assert point.geo == "geo:-33.8688,151.2"
    assert point.openstreetmap == "https://www.openstreetmap.org/?mlat=-33.8688&mlon=151.2#map=14/-33.8688/151.2"
