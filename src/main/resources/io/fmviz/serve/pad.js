/** @fileoverview Where one draws: pen, mouse or finger, light strokes on a dark ground. */
(function () {
  'use strict';

  /** The side of what is sent. What is shown is drawn again, sharper. */
  const SIDE = 112;
  const SHOWN = 448;
  const UNIT = 10;

  /**
   * A pad.
   * @param {function(number)} changed is told of every stroke's every step, and when it happened
   * @return {{element: !Element, box: !Element, bytes: function(): !Uint8Array, side: number, text: function():
   *     string, read: function(string), show: function(?), frame: function(?), clear: function(),
   *     undo: function(): boolean, isEmpty: function(): boolean}} undo says whether there was
   *     something; show puts a picture there, until somebody
   *     draws; frame puts the box around a part of what is there, in shares of its sides
   */
  fmviz.pad = function (changed) {
    const shown = fmviz.el('canvas', {
      width: SHOWN,
      height: SHOWN,
      class: 'pad smooth',
      tabindex: 0,
      role: 'img',
      'aria-label': 'Drawing pad: draw with pen, mouse or finger; with the keyboard, arrows move a cross and Space lifts or sets down the pen',
    });
    const box = fmviz.el('div', {class: 'box', hidden: true});
    const sent = fmviz.el('canvas', {width: SIDE, height: SIDE});
    const contexts = [
      {context: shown.getContext('2d'), scale: SHOWN / SIDE},
      {context: sent.getContext('2d', {willReadFrequently: true}), scale: 1},
    ];
    let strokes = [];
    /** What was there before it was cleared. */
    let cleared = [];
    let pen = null;
    /** What is looked at where nothing is drawn: a picture or a canvas; or null. */
    let picture = null;
    let hasPicture = false;
    const cross = {x: SIDE / 2, y: SIDE / 2, down: false};

    function line(from, to) {
      for (const each of contexts) {
        const context = each.context;
        context.strokeStyle = '#fff';
        context.lineWidth = 9 * each.scale;
        context.lineCap = 'round';
        context.beginPath();
        context.moveTo(from[0] * each.scale, from[1] * each.scale);
        context.lineTo(to[0] * each.scale + 0.01, to[1] * each.scale);
        context.stroke();
      }
    }

    function blank() {
      for (const each of contexts) {
        each.context.fillStyle = '#000';
        each.context.fillRect(0, 0, SIDE * each.scale, SIDE * each.scale);
      }
    }

    // How large a picture is on the pad, in shares of its side, with black beside it.
    function size() {
      const longer = picture === null ? 1 : Math.max(picture.width, picture.height);
      return picture === null ? [1, 1] : [picture.width / longer, picture.height / longer];
    }

    function redraw() {
      blank();
      shown.parentElement && shown.parentElement.classList.toggle('empty', strokes.length === 0 && !hasPicture);
      if (picture !== null) {
        const [wide, high] = size().map((share) => share * SHOWN);
        contexts[0].context.imageSmoothingEnabled = picture.width > SIDE;
        contexts[0].context.drawImage(picture, (SHOWN - wide) / 2, (SHOWN - high) / 2, wide, high);
      }
      strokes.forEach((stroke) => stroke.forEach((point, i) => line(stroke[Math.max(0, i - 1)], point)));
    }

    function put(point, begins) {
      if (begins) {
        strokes.push([]);
        cleared = [];
        if (hasPicture) {
          show(null, false);
        }
        shown.parentElement.classList.remove('empty');
      }
      const stroke = strokes[strokes.length - 1];
      const last = stroke[stroke.length - 1] || point;
      line(last, point);
      stroke.push(point);
    }

    function place(event) {
      const rect = shown.getBoundingClientRect();
      const at = (from, size, length) => Math.max(0, Math.min(SIDE, ((from - size) / length) * SIDE));
      return [at(event.clientX, rect.left, rect.width), at(event.clientY, rect.top, rect.height)];
    }

    shown.addEventListener('pointerdown', (event) => {
      if (event.button === 0) {
        pen = event.pointerId;
        shown.setPointerCapture(pen);
        put(place(event), true);
        changed(event.timeStamp);
      }
    });
    shown.addEventListener('pointermove', (event) => {
      if (event.pointerId === pen) {
        const steps = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
        (steps.length > 0 ? steps : [event]).forEach((step) => put(place(step), false));
        changed(event.timeStamp);
      }
    });
    const lift = (event) => {
      if (event.pointerId === pen) {
        pen = null;
        fmviz.change({drawing: text()});
      }
    };
    shown.addEventListener('pointerup', lift);
    shown.addEventListener('pointercancel', lift);

    // The keyboard's pen.
    function mark() {
      redraw();
      const context = contexts[0].context;
      const scale = contexts[0].scale;
      context.strokeStyle = cross.down ? '#e69f00' : '#56b4e9';
      context.lineWidth = 3;
      context.beginPath();
      context.moveTo((cross.x - 6) * scale, cross.y * scale);
      context.lineTo((cross.x + 6) * scale, cross.y * scale);
      context.moveTo(cross.x * scale, (cross.y - 6) * scale);
      context.lineTo(cross.x * scale, (cross.y + 6) * scale);
      context.stroke();
    }
    const steps = {ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4]};
    shown.addEventListener('keydown', (event) => {
      if (event.key === ' ') {
        cross.down = !cross.down;
        if (cross.down) {
          put([cross.x, cross.y], true);
          changed(event.timeStamp);
        }
      } else if (event.key in steps) {
        cross.x = Math.max(0, Math.min(SIDE, cross.x + steps[event.key][0]));
        cross.y = Math.max(0, Math.min(SIDE, cross.y + steps[event.key][1]));
        if (cross.down) {
          put([cross.x, cross.y], false);
          changed(event.timeStamp);
          fmviz.change({drawing: text()});
        }
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      mark();
    });
    shown.addEventListener('focus', () => shown.matches(':focus-visible') && mark());
    shown.addEventListener('blur', redraw);

    // Without points that are next to the last one that is kept: a slow hand makes many.
    function thinned(stroke) {
      const kept = [];
      stroke.forEach((p, i) => {
        const last = kept[kept.length - 1];
        if (i === 0 || i === stroke.length - 1 || Math.hypot(p[0] - last[0], p[1] - last[1]) > 0.7) {
          kept.push(p);
        }
      });
      return kept;
    }

    // Strokes as text: points of four characters, tenths of pixels; a stroke ends with a dash.
    function text() {
      const part = (number) => Math.round(number * UNIT).toString(36).padStart(2, '0');
      return strokes.map((stroke) => thinned(stroke).map((p) => part(p[0]) + part(p[1])).join('')).join('-');
    }

    function read(drawing) {
      const points = (stroke) =>
        (stroke.match(/.{4}/g) || []).map((p) => [parseInt(p.slice(0, 2), 36) / UNIT, parseInt(p.slice(2), 36) / UNIT]);
      strokes = drawing.split('-').map(points).filter((stroke) => stroke.length > 0);
      show(null, false);
    }

    function show(shownPicture, isThere) {
      picture = shownPicture;
      hasPicture = isThere;
      redraw();
    }

    function changeTo(other) {
      strokes = other;
      show(null, false);
      fmviz.change({drawing: text()});
      changed(performance.now());
    }

    function bytes() {
      const data = contexts[1].context.getImageData(0, 0, SIDE, SIDE).data;
      const gray = new Uint8Array(SIDE * SIDE);
      for (let i = 0; i < gray.length; i++) {
        gray[i] = data[4 * i];
      }
      return gray;
    }

    blank();
    return {
      element: shown,
      box: box,
      frame: (place) => {
        const [wide, high] = size();
        fmviz.frame(
          box,
          place && {left: (1 - wide) / 2 + wide * place.left, top: (1 - high) / 2 + high * place.top, width: wide * place.width, height: high * place.height}
        );
      },
      bytes: bytes,
      side: SIDE,
      text: text,
      read: read,
      show: (other) => {
        if (strokes.length > 0) { // Clearing can be undone, and so can this.
          cleared = strokes;
          strokes = [];
        }
        show(other, true);
      },
      clear: () => {
        const before = strokes.length === 0 ? cleared : strokes;
        changeTo([]);
        cleared = before;
      },
      undo: () => {
        const before = strokes.length === 0 ? cleared : strokes.slice(0, -1);
        const isThere = strokes.length > 0 || cleared.length > 0;
        if (isThere) {
          changeTo(before);
        }
        return isThere;
      },
      isEmpty: () => strokes.length === 0,
    };
  };
})();
