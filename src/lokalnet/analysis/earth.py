"""From degrees to km: straight lines through the globe, or a plane that touches it. A sphere of 6,367 km."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lokalnet.analysis.results import BadInput

RADIUS_KM = 6367.0
WIDEST_DEGREES = 3.0

Floats = npt.NDArray[np.float64]


def on_sphere(degrees: Floats) -> Floats:
    """(n, 3) km from the middle of the globe, of (n, 2) latitudes and longitudes; distances between are chords."""
    latitude, longitude = np.radians(degrees).T
    return RADIUS_KM * np.stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude),
                                 np.sin(latitude)], axis=1)


@dataclass(frozen=True)
class Plane:
    """A local equirectangular plane: km east and north of its origin.

    North it is exact; eastwards the scale is off by the tangent of the latitude times the way north in radians: 0.5 %
    at 20 km from an origin at 56 degrees.
    """

    latitude: float
    longitude: float

    def km(self, degrees: Floats) -> Floats:
        """(n, 2) east and north, of (n, 2) latitudes and longitudes."""
        return np.radians(degrees - (self.latitude, self.longitude))[:, ::-1] * (self._east(), RADIUS_KM)

    def degrees(self, km: Floats) -> Floats:
        """(n, 2) latitudes and longitudes, of (n, 2) east and north."""
        return np.degrees(km / (self._east(), RADIUS_KM))[:, ::-1] + (self.latitude, self.longitude)

    def _east(self) -> float:
        return RADIUS_KM * float(np.cos(np.radians(self.latitude)))


def plane_around(degrees: Floats) -> Plane:
    """With the middle of all points as origin. Raises BadInput where they lie too far apart for a plane."""
    low, high = degrees.min(axis=0), degrees.max(axis=0)
    if high[0] - low[0] > WIDEST_DEGREES or high[1] - low[1] > 2 * WIDEST_DEGREES:
        raise BadInput(f"lat, lon: points spread over {high[0] - low[0]:.1f} x {high[1] - low[1]:.1f} degrees do not "
                       f"fit on a plane (at most {WIDEST_DEGREES:g} x {2 * WIDEST_DEGREES:g}); give x_km and y_km")
    latitude, longitude = ((low + high) / 2).tolist()
    return Plane(latitude, longitude)
