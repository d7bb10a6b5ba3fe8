"""Where a name may stand: on nothing, near its point, and what leads to it too."""

from kkbpk_geo.analysis.placing import around, lead_end, place_names, shared

ROOM = (0, 0, 400, 300)


def placed(points, *, lines=(), size=(60, 12)):
    taken = [around(point, 4, 4) for point in points]
    found = place_names(
        points, [size] * len(points), taken=taken, room=ROOM, lines=lines, unit=1.5
    )
    boxes = [
        around((x + p.dx, y + p.dy), size[0] / 2, size[1] / 2)
        for (x, y), p in zip(points, found, strict=True)
    ]
    return found, boxes


def test_a_lone_name_stands_right_of_its_point():
    (place,), _ = placed([(100, 100)])
    assert (place.dx, place.dy, place.beside) == (36, 0, True)


def test_a_name_leaves_no_room_and_covers_no_line():
    (place,), (box,) = placed([(390, 100)])
    assert place.dx < 0
    assert box[2] <= 400
    _, (box,) = placed([(100, 100)], lines=[(120, 0, 122, 300)])
    assert not shared(box, (120, 0, 122, 300))


def test_a_crowd_has_names_that_do_not_meet_and_lines_to_them():
    points = [(200 + i, 150) for i in range(12)]
    found, boxes = placed(points)
    clear = [shared(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
    assert max(clear) == 0
    assert [place.beside for place in found].count(False) >= 4


def test_what_leads_to_a_name_keeps_off_other_points_where_it_can():
    # All eight places beside the point are taken, and a point lies to its right.
    ring = [(100, 100), (130, 100)]
    walls = [around((100, 100), 66, 18)]
    taken = [around(point, 4, 4) for point in ring]
    (place,) = place_names(
        ring[:1], [(40, 12)], taken=[*taken, *walls], room=ROOM, unit=1.0
    )
    assert not place.beside
    end = lead_end((0, 0), around((place.dx, place.dy), 20, 6))
    # Straight to the right it would strike through the other point.
    assert not (end[0] > 30 and abs(end[1]) < 4)


def test_boxes_that_touch_share_nothing():
    assert shared((0, 0, 1, 1), (1, 0, 2, 1)) == 0


def test_a_name_that_has_no_place_of_its_own_is_not_free():
    found, _ = placed([(200, 150), (100, 100)], lines=[ROOM])
    assert [place.free for place in found] == [False, False]
    assert all(place.free for place in placed([(200, 150)])[0])
