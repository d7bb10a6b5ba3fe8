"""Numbers of persons: told from sums, dates, codes and years, in linear time."""

import time

import pytest

from kkbpk_geo.io.privacy import (
    is_about_a_person,
    mask_persons,
    may_reach_a_person,
    without_persons,
)

PLAIN = [
    "1.250.000.000.000", "Rp 2.500.000.000,00", "8,500,000,000", "12.345",
    "1 234 567 890 123 456", "01-01-2025 / 31-12-2025", "2025-10-11 2025-11-12",
    "10/10/2025 12:30", "2024 2025 2026 2027", "5.2.02.01.01.0052",
    "2.14.02.2.01.0003", "18.01.01.2001", "1801012001", "085",
    "14 angka: 12345678901234",
    99_999_999_999_999.0, True, "",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_sums_dates_years_and_codes_are_no_numbers_of_persons(text):
    assert not is_about_a_person(text)


@pytest.mark.parametrize(
    "text", ["8500000000", "01.02.03", "105,2610", "12 / 15", "02/03", "K/0/KB/15"]
)
def test_round_sums_and_short_codes_lead_to_nobody(text):
    assert not may_reach_a_person(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("123456789012345", True),  # 15 digits in a row are more than any sum
        ("12345678901234", False),
        ("1234567890123456789", True),
        ("12345678901234567890", False),
        (1e14, True),
        (9.9e13, False),
        ("0812790044", True),  # ten digits are the shortest mobile number
        ("081279004", False),
        ("08127900441234", False),
        ("0001234567890", True),
        ("1001234567890", False),
        ("18 71 02 45 07 85 0003", True),
        ("18 71 02 45 07 85 00 03", False),  # eight parts: a row of counts
        ("1 8710 2450 7850 003", False),
        ("7e+15", True),
        ("7e+13", False),
        ("8.12e+10", True),
        ("7.12e+10", False),
    ],
)
def test_how_many_digits_make_a_number_of_a_person(text, told):
    assert is_about_a_person(text) is told


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ("81279004412", True),
        ("812790044", True),
        ("81279004", False),
        ("0721-48012", True),
        ("0721-4801", False),
        ("0721-48012345", True),
        ("0721-480123456", False),
        ("-5.432, 105.261", True),
        ("-5.43, 105.26", False),
        ("https://maps.app.goo.gl/x", True),
    ],
)
def test_a_column_of_texts_is_searched_for_telephones_and_houses(text, led):
    assert may_reach_a_person(text) is led


def test_an_address_without_any_digit_is_masked_as_well():
    assert mask_persons("tulis ke budi@dinas.go.id ya") == "tulis ke ••• ya"
    assert mask_persons("budi [at] dinas.go.id") == "•••"
    assert mask_persons("Pembinaan kelompok BKB") == "Pembinaan kelompok BKB"


def test_numbers_and_addresses_are_masked_where_they_stand():
    text = "hubungi 0812-7900-4412 atau nama.tok@kantor.go.id, NIK 1871024507850003."
    assert mask_persons(text) == "hubungi ••• atau •••, NIK •••."
    assert mask_persons("٠٨١٢٧٩٠٠٤٤١٢ dan 5 orang") == "••• dan 5 orang"
    assert mask_persons("nama.tok (at) kantor.go.id dan 5 orang") == "••• dan 5 orang"


def test_a_column_goes_as_a_whole_from_one_half_on():
    assert without_persons(["0812-7900-4412", "a", "b"]) == (["", "a", "b"], 1)
    assert without_persons(["0812-7900-4412", "a", ""]) == (None, 2)


@pytest.mark.parametrize(
    "unit", ["a", "1", "1 ", "0812 ", "a@", "@", "1.", "(", "08-", "e+1", "1e1", "8,"]
)
def test_a_text_of_twice_the_length_takes_twice_the_time(unit):
    def least(length):
        text = unit * (length // len(unit))
        times = []
        for _ in range(3):  # the least of some: what else runs only adds to it
            start = time.process_time()
            may_reach_a_person(text)
            mask_persons(text)
            times.append(time.process_time() - start)
        return min(times)

    # A search from each letter to the end would take 64 times as long.
    assert least(80_000) < 24 * least(10_000)
