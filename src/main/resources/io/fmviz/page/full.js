/** @fileoverview Maps in full, where a page has them smaller: they stand in a picture beside it. */

(function () {
  'use strict';

  const pictures = new Map();

  function load(full, resolve) {
    const image = new Image();
    image.onload = () => {
      // Another picture of this name has the maps elsewhere, or has others.
      const isIt = image.naturalWidth === full.places.width && image.naturalHeight === full.places.height;
      resolve(isIt ? image : null);
    };
    image.onerror = () => resolve(null);
    image.src = full.picture;
  }

  /**
   * The picture that has maps in full; null where it isn't beside the page.
   * @param {?} full as the facts have it; null where no picture has them
   * @return {!Promise<?HTMLImageElement>}
   */
  fmviz.fullPicture = function (full) {
    if (!pictures.has(full)) {
      pictures.set(full, full ? new Promise((resolve) => load(full, resolve)) : Promise.resolve(null));
    }
    return pictures.get(full);
  };

  /**
   * Where a map stands in that picture, to be drawn by largeMap, and what its colours stand for:
   * the scale is null where each map has its own.
   * @param {!HTMLImageElement} image
   * @param {?} full
   * @param {number} map its index among those of the picture
   * @param {!Array<number>} shape of the layer's maps
   * @return {?}
   */
  fmviz.fullMap = function (image, full, map, shape) {
    const places = full.places;
    const columns = places.lefts.length;
    const colors = full.colors;
    return {
      image: image,
      height: shape[2],
      width: shape[3],
      square: full.scale,
      top: places.tops[Math.floor(map / columns)],
      left: places.lefts[map % columns],
      palette: colors.colormap,
      scale: colors.from === undefined ? null : {low: colors.from, high: colors.to},
    };
  };
})();
