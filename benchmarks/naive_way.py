"""The naive way: what somebody who knows the usual packages writes in an afternoon.

Why: a yardstick must be honest work. This is the usual road, without tricks and without
deliberate slowness: pandas and openpyxl read, names are folded and merged, geopandas
holds the polygons, folium draws one Choropleth per indicator and a marker per place,
matplotlib the picture for the slides. It checks nothing.

In:     boundaries (GeoJSON with region_code, name) and poktan.xlsx.
Out:    peta.html, peta.png, indikator.csv in a folder.
Run:    python benchmarks/naive_way.py BOUNDARIES POKTAN FOLDER
"""

import sys
from pathlib import Path

import folium
import geopandas as gpd
import matplotlib as mpl
import pandas as pd
from folium.plugins import MarkerCluster

mpl.use("Agg")
import matplotlib.pyplot as plt

boundaries, workbook, folder = map(Path, sys.argv[1:])
folder.mkdir(parents=True, exist_ok=True)

groups = pd.read_excel(workbook, engine="openpyxl", sheet_name="kelompok")
facilities = pd.read_excel(workbook, engine="openpyxl", sheet_name="faskes")
targets = pd.read_excel(
    workbook, engine="openpyxl", sheet_name="sasaran", dtype={"KODE KEMENDAGRI": str}
)
regions = gpd.read_file(boundaries)[["region_code", "name", "geometry"]]


def bare(names):
    pattern = r"^(KABUPATEN|KAB\.|KOTA)\s+"
    return names.str.upper().str.replace(pattern, "", regex=True).str.strip()


for table, column in (
    (groups, "KABUPATEN"),
    (facilities, "KABUPATEN"),
    (targets, "KABUPATEN"),
    (regions, "name"),
):
    table["nama"] = bare(table[column])

groups["melapor"] = groups["LAPOR"] == "Ya"
by_kind = groups.groupby(["nama", "JENIS KELOMPOK"]).agg(
    ada=("ID KELOMPOK", "count"),
    lapor=("melapor", "sum"),
    anggota=("JUMLAH ANGGOTA", "sum"),
    hadir=("HADIR PERTEMUAN", "sum"),
)
wide = by_kind.unstack("JENIS KELOMPOK")
wide.columns = [f"{measure}_{kind}" for measure, kind in wide.columns]
places = facilities.groupby("nama").agg(
    faskes=("ID FASKES", "count"), terlatih=("TENAGA TERLATIH", "sum")
)
data = (
    regions.merge(targets.drop(columns="KABUPATEN"), on="nama", how="left")
    .merge(wide.reset_index(), on="nama", how="left")
    .merge(places.reset_index(), on="nama", how="left")
)

data["BKB: sasaran per kelompok"] = data["KELUARGA BALITA"] / data["ada_BKB"]
data["BKR: sasaran per kelompok"] = data["KELUARGA REMAJA"] / data["ada_BKR"]
data["BKL: sasaran per kelompok"] = data["KELUARGA LANSIA"] / data["ada_BKL"]
data["BKB: lapor (%)"] = 100 * data["lapor_BKB"] / data["ada_BKB"]
data["BKR: lapor (%)"] = 100 * data["lapor_BKR"] / data["ada_BKR"]
data["BKL: lapor (%)"] = 100 * data["lapor_BKL"] / data["ada_BKL"]
data["BKB: hadir (%)"] = 100 * data["hadir_BKB"] / data["anggota_BKB"]
data["PA/PUS (%)"] = 100 * data["PESERTA KB"] / data["PUS"]
data["MKJP (%)"] = 100 * data["MKJP"] / data["PESERTA KB"]
data["Unmet need (%)"] = 100 * data["UNMET NEED"] / data["PUS"]
data["Faskes per 10.000 PUS"] = 10000 * data["faskes"] / data["PUS"]
data["Risiko stunting (%)"] = (
    100 * data["KELUARGA BERISIKO STUNTING"] / data["KELUARGA"]
)
shown = list(data.columns[-12:])
worse = ("BKB: sas", "BKR: sas", "BKL: sas", "Unmet", "Risiko")

share = (data[shown] - data[shown].min()) / (data[shown].max() - data[shown].min())
for indicator in shown:
    if indicator.startswith(worse):
        share[indicator] = 1 - share[indicator]
data["skor"] = 100 * share.mean(axis=1)
data["peringkat"] = data["skor"].rank().astype(int)
data[["region_code", "name", *shown, "skor", "peringkat"]].to_csv(
    folder / "indikator.csv", index=False
)

west, south, east, north = data.total_bounds
page = folium.Map(location=[(south + north) / 2, (west + east) / 2], zoom_start=8)
for number, indicator in enumerate(shown):
    columns = ["region_code", "name", indicator, "geometry"]
    layer = folium.Choropleth(
        geo_data=data[columns],
        data=data,
        columns=["region_code", indicator],
        key_on="feature.properties.region_code",
        fill_color="OrRd" if indicator.startswith(worse) else "YlGn",
        bins=5,
        legend_name=indicator,
        name=indicator,
        show=number == 0,
    )
    folium.GeoJsonTooltip(fields=["name", indicator]).add_to(layer.geojson)
    layer.add_to(page)

for name, table, title in (
    ("Kelompok", groups, "NAMA KELOMPOK"),
    ("Faskes", facilities, "NAMA FASKES"),
):
    cluster = MarkerCluster(name=name).add_to(page)
    kind = "JENIS KELOMPOK" if name == "Kelompok" else "JENIS FASKES"
    for row in table.to_dict("records"):
        folium.Marker(
            [row["LINTANG"], row["BUJUR"]],
            popup=f"<b>{row[title]}</b><br>{row[kind]}<br>{row['KABUPATEN']}",
            tooltip=row[kind],
        ).add_to(cluster)
folium.LayerControl().add_to(page)
page.save(folder / "peta.html")

figure, axes = plt.subplots(figsize=(9, 8))
data.plot(
    column="skor",
    cmap="RdYlGn",
    scheme="quantiles",
    k=5,
    legend=True,
    edgecolor="white",
    ax=axes,
)
for row in data.itertuples():
    spot = row.geometry.representative_point()
    axes.annotate(row.name, (spot.x, spot.y), ha="center", fontsize=7)
axes.set_axis_off()
figure.savefig(folder / "peta.png", dpi=150, bbox_inches="tight")
