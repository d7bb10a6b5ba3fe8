"""The data of the page: every number, why there is none, and what is odd."""

from kkbpk_geo.maps.content.options import MapOptions
from kkbpk_geo.maps.content.palettes import INK, LIGHT, ink_on
from kkbpk_geo.maps.describe import describe_map
from kkbpk_geo.maps.page.encoding import encode_row
from kkbpk_geo.maps.page.payload import page_data


def test_missing_is_null_and_keeps_its_reason(strip, tidy):
    data = page_data(describe_map(strip, tidy))
    (layer,) = data["levels"][0]["layers"]
    october, november = layer["cells"]
    assert october == {
        "values": encode_row([60, None, None]),
        "province": 60,
        "status": "krf",
        "top": data["pool"].index(encode_row([60, None, None])),
        "bottom": data["pool"].index(encode_row([100, None, None])),
    }
    assert november["status"] == "kpd"


def test_a_suppressed_value_is_no_value_and_says_why(strip, tidy):
    tidy.loc[4, "status"] = "suppressed"
    layer = page_data(describe_map(strip, tidy))["levels"][0]["layers"][0]
    assert layer["cells"][1]["status"] == "spd"
    assert layer["cells"][1]["values"][:2] == "A.", "62 is not in the page"


def test_findings_of_regions_on_the_map_are_in_the_page(strip, wide):
    findings = {"18.02": ["dua kali", {"id": "kosong", "en": "blank"}], "99": ["x"]}
    options = MapOptions(findings=findings)
    assert page_data(describe_map(strip, wide, options=options))["findings"] == {
        "18.02": [
            {"id": "dua kali", "en": "dua kali"},
            {"id": "kosong", "en": "blank"},
        ]
    }


def test_the_page_knows_the_short_names_that_the_name_does_not_hold():
    from kkbpk_geo import load_boundaries

    lampung = load_boundaries("Lampung")
    described = describe_map(lampung, lampung[["area_km2"]], indicators=["area_km2"])
    aliases = page_data(described)["aliases"]
    assert aliases["18.71"] == "Tanjungkarang-Telukbetung Balam Bdl"
    assert "L Selatan" not in aliases["18.01"], "its words are in Lampung Selatan"
    assert "Psw" not in str(aliases), "it might be Pesawaran or Pringsewu"
    assert "18.72" not in aliases, "Kota Metro has no other name"


def test_regions_of_ones_own_have_no_short_names(strip, wide):
    own = strip.set_axis(["a", "b", "c"], axis=0)
    data = page_data(describe_map(own, wide.set_axis(own.index, axis=0)))
    assert data["aliases"] == {}


def test_words_of_needs_are_in_pages_with_needs_alone(strip, wide):
    texts = page_data(describe_map(strip, wide))["texts"]["id"]
    assert not {"needs_table", "no_score", "surplus"} & set(texts)
    assert "mode_need" in texts, "a way to look is no word of the sheet"


def test_the_page_is_told_the_ink_of_every_fill_that_is_not_for_dark_letters(
    strip, wide
):
    data = page_data(describe_map(strip, wide))
    colours = {one for item in data["pool"] for one in _colours(item)}
    colours |= {one for row in data["pair_colours"] for one in row}
    expected = {one: ink_on(one) for one in colours if ink_on(one) != INK}
    found = {one: ink for ink, fills in data["inks"].items() for one in fills}
    assert found == expected
    assert found["#2b1d49"] == LIGHT, "both indicators need attention"


def _colours(item):
    """Return the colours in what the pool holds: lists of texts such as #2b1d49."""
    if not isinstance(item, list):
        return []
    return [one for one in item if isinstance(one, str) and one.startswith("#")]


def test_numbers_under_names_are_off_unless_asked_for(strip, wide):
    assert page_data(describe_map(strip, wide))["values"] is False
    options = MapOptions(values=True)
    assert page_data(describe_map(strip, wide, options=options))["values"] is True
