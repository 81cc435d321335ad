/**
 * @fileoverview The colour maps of the pictures, 256 colours each: red, green and blue in base64.
 * A test holds them to those that the pictures are drawn with.
 */
(function () {
  'use strict';

  const TABLES = {
    viridis:
      'RAFURAJWRQRXRQVZRgdaRghcRgpdRgteRw1gRw5hRxBjRxFkRxNlSBRnSBZoSBdpSBhqSBpsSBttSBxuSB1vSB9w' +
      'SCBxSCFzSCN0SCR1SCV2SCZ3SCh4SCl5Ryp6Ryx6Ry17Ry58Ry99RjB+RjJ+RjN/RjSARTWBRTeBRTiCRDmDRDqD' +
      'RDuEQz2EQz6FQj+FQkCGQkGGQUKHQUSHQEWIQEaIP0eIP0iJPkmJPkqJPkyKPU2KPU6KPE+KPFCLO1GLO1KLOlOL' +
      'OlSMOVWMOVaMOFiMOFmMN1qMN1uNNlyNNl2NNV6NNV+NNGCNNGGNM2KNM2ONMmSOMmWOMWaOMWeOMWiOMGmOMGqO' +
      'L2uOL2yOLm2OLm6OLm+OLXCOLXGOLHGOLHKOLHOOK3SOK3WOKnaOKneOKniOKXmOKXqOKXuOKHyOKH2OJ36OJ3+O' +
      'J4COJoGOJoKOJoKOJYOOJYSOJYWOJIaOJIeOI4iOI4mOI4qNIouNIoyNIo2NIY6NIY+NIZCNIZGMIJKMIJKMIJOM' +
      'H5SMH5WLH5aLH5eLH5iLH5mKH5qKHpuKHpyJHp2JH56JH5+IH6CIH6GIH6GHH6KHIKOGIKSGIaWFIaaFIqeFIqiE' +
      'I6mDJKqDJauCJayCJq2BJ62BKK6AKa9/KrB/LLF+LbJ9LrN8L7R8MbV7MrZ6NLZ5Nbd5N7h4OLl3Orp2O7t1Pbx0' +
      'P7xzQL1yQr5xRL9wRsBvSMFuSsFtTMJsTsNrUMRqUsVpVMVoVsZnWMdlWshkXMhjXsliYMpgY8tfZcteZ8xcac1b' +
      'bM1abs5YcM9Xc9BWddBUd9FTetFRfNJQf9NOgdNNhNRLhtVJidVIi9ZGjtZFkNdDk9dBldhAmNg+m9k8ndk7oNo5' +
      'oto3pds2qNs0qtwyrdwwsN0vst0ttd4ruN4put4ovd8mwN8lwt8jxeAhyOAgyuEfzeEd0OEc0uIb1eIa2OIZ2uMZ' +
      '3eMY3+MY4uQY5eQZ5+QZ6uUa7OUb7+Uc8eUd9OYe9uYg+OYh++cj/ecl',
    magma:
      'AAAEAQAFAQEGAQEIAgEJAgILAgINAwMPAwMSBAQUBQQWBgUYBgUaBwYcCAceCQcgCggiCwkkDAkmDQopDgsrEAst' +
      'EQwvEg0xEw00FA42FQ44Fg87GA89GRA/GhBCHBBEHRFHHhFJIBFLIRFOIhFQJBJTJRJVJxJYKRFaKhFcLBFfLRFh' +
      'LxFjMRFlMxBnNBBpNhBrOBBsOQ9uOw9wPQ9xPw9yQA90Qg91RA92RRB3RxB4SRB4ShB5TBF6ThF7TxJ7URJ8UhN8' +
      'VBN9VhR9VxV+WRV+WhZ+XBZ/XRd/Xxh/YBiAYhmAZBqAZRqAZxuAaByBahyBax2BbR2Bbh6BcB+Bch+BcyCBdSGB' +
      'diGBeCKBeSKCeyOCfCOCfiSCgCWCgSWBgyaBhCaBhieBiCeBiSiBiymBjCmBjiqBkCqBkSuBkyuAlCyAliyAmC2A' +
      'mS2Amy5/nC5/ni9/oC9/oTB+ozB+pTF+pjF9qDJ9qjN9qzN8rTR8rjR7sDV7sjV7szZ6tTZ6tzd5uDd5ujh4vDl4' +
      'vTl3vzp3wDp2wjt1xDx1xTx0xz1zyD5zyj5yzD9xzUBxz0Bw0EFv0kJv00Nu1URt1kVs2EVs2UZr20dq3Ehp3klo' +
      '30po4Exn4k1m405l5E9k5VBk51Jj6FNi6VRi6lZh61dg7Fhg7Vpf7lte711e8F9e8WBd8mJd8mRc82Vc9Gdc9Glc' +
      '9Wtc9mxc9m5c93Bc93Jc+HRc+HZc+Xhd+Xld+Xtd+n1e+n9e+oFf+4Nf+4Vg+4dh/Ilh/Ipi/Ixj/I5k/JBl/ZJm' +
      '/ZRn/ZZo/Zhp/Zpq/Ztr/p1s/p9t/qFu/qNv/qVx/qdy/qlz/qp0/qx2/q53/rB4/rJ6/rR7/rZ8/rd+/rl//ruB' +
      '/r2C/r+E/sGF/sKH/sSI/saK/siM/sqN/syP/s2Q/s+S/tGU/tOV/tWX/teZ/tia/dqc/dye/d6g/eCh/eKj/eOl' +
      '/eWn/eep/emq/eus/Oyu/O6w/PCy/PK0/PS2/Pa4/Pe5/Pm7/Pu9/P2/',
    coolwarm:
      'O0zAPE7CPVDDPlHFQFPGQVXIQlbJQ1jLRFrMRVzOR13PSF/RSWHSSmPTS2TVTWbWTmjXT2nZUGvaUm3bU27dVHDe' +
      'VXLfV3PgWHXhWXfiWnjkXHrlXXzmXn3nX3/oYYDpYoLqY4TrZYXsZoftZ4juaYrvaovva43wbY7xbpDyb5HzcZPz' +
      'cpT0c5b1dZf2dpn2d5r3eZz4ep34e5/5faD5fqH6gKP6gaT7gqb7hKf8haj8h6r8iKv9iaz9i639jK/+jbD+j7H+' +
      'kLL+krT+k7X/lLb/lrf/l7j/mLn/mrv/m7z/nb3/nr7/n7//ocD/osH/o8L+pcP+psT+qMX+qcb+qsf9rMj9rcn9' +
      'rsn8sMr8scv8ssz7s837tc76ts76t8/5udD5utH4u9H4vNL3vtP2v9P2wNT1wdT0w9X0xNbzxdbyxtfxyNfxydjw' +
      'ytjvy9juzNntzdnsztrr0Nrq0drp0tvo09vn1Nvm1dvl1tzk19zj2Nzi2dzh2tzg293e3N3d3dzc3tzb39zZ4dvY' +
      '4trW49rV5NnT5dnS5djR5tjP59fO6NbM6dbL6tXJ69TI69PG7NPF7dLD7tHC7tDA78+/78698M688c268cy48su3' +
      '8sq188m088iy9Mex9Mav9MWu9cSs9cOq9cGp9sCn9r+m9r6k9r2i97yh97qf97me97ic97eb97WZ97SX97OW97KU' +
      '97CT96+R962Q96yO96uM96mL96iJ96aI9qWG9qOF9qKD9qCB9Z+A9Z1+9Zx99Jp79Jl69Jd485V385R18pJ08pBy' +
      '8Y9x8Y1v8Itu8Ips74hr74Zp7oVo7YNm7YFl7H9j631i6nxg6npf6Xhd6HZc53Ra5nJZ5XBY5W9W5G1V42tT4mlS' +
      '4WdR4GVP32NO3mFN3V9L3F1K21tJ2llH2FZG11RF1lJD1VBC1E5B00xA0Uk+0Ec9z0U8zkM7zEA5yz44yjs3yDk2' +
      'xzY0xjQzxDEywy4xwSswwCgvvyUuvSIsvB4ruhoquRYptxEotgsntAQm',
  };

  const known = new Map();

  /**
   * Red, green and blue of 256 colours.
   * @param {string} name `gray`, `viridis`, `magma` or `coolwarm`
   * @return {!Uint8Array}
   */
  fmviz.palette = function (name) {
    if (!known.has(name)) {
      known.set(
        name,
        name === 'gray' ? Uint8Array.from({length: 768}, (_, i) => (i / 3) | 0) : fmviz.bytes(TABLES[name])
      );
    }
    return known.get(name);
  };
})();
