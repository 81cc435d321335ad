/** @fileoverview Pictures that are not drawn: dropped, pasted, chosen, or the webcam's. */
(function () {
  'use strict';

  /** At most; fewer where an answer takes longer. */
  const FRAMES_A_SECOND = 15;

  /** A digit is looked for in a picture of this side; twice the input of other networks. */
  const OF_DIGITS = 160;

  // The webcam as a stream of pictures of at most some pixels a side, until it is stopped.
  function webcam(widest, taken, ended) {
    const video = fmviz.el('video', {muted: true, playsinline: true});
    const canvas = fmviz.el('canvas');
    let stream = null;

    // One after the other is sent and answered.
    async function film() {
      while (stream !== null) {
        const begun = performance.now();
        if (video.videoWidth > 0) {
          await frame();
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + 1000 / FRAMES_A_SECOND - performance.now())));
      }
    }

    async function frame() {
      const scale = Math.min(1, widest / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
      if (stream !== null && blob !== null) {
        await taken(blob, canvas, 'The webcam');
      }
    }

    function stop() {
      (stream ? stream.getTracks() : []).forEach((track) => track.stop());
      stream = null;
    }

    (navigator.mediaDevices ? navigator.mediaDevices.getUserMedia({video: true}) : Promise.reject(new Error('none'))).then(
      (found) => {
        stream = found;
        video.srcObject = found;
        video.play();
        film();
      },
      () => {
        stop();
        ended('The browser gives no webcam: allow it, or choose a picture.');
      }
    );
    return stop;
  }

  function isPicture(file) {
    return file.type.startsWith('image/') || file.type === '';
  }

  /**
   * Buttons for them; and what is dropped on the page, or pasted, is taken too.
   * @param {{height: number, width: number, digit: boolean}} input what the network takes
   * @param {{picture: function(!Blob, ?, string): !Promise, say: function(string)}} told gets each
   *     picture, as the browser decodes it (null where it can't), and what it is; tells a person
   * @return {{elements: !Array<!Element>, stop: function()}} stop ends the webcam
   */
  fmviz.sources = function (input, told) {
    let stopping = null;
    const file = fmviz.el('input', {type: 'file', accept: 'image/*', id: 'file', hidden: true});
    const camera = fmviz.el('button', {type: 'button', id: 'webcam', 'aria-pressed': 'false', onclick: () => (stopping ? stop() : start())}, 'Webcam');
    const choose = fmviz.el('button', {type: 'button', id: 'choose', onclick: () => file.click()}, 'Picture \u2026');

    function stop() {
      if (stopping) {
        stopping();
        stopping = null;
        camera.setAttribute('aria-pressed', 'false');
      }
    }

    function start() {
      camera.setAttribute('aria-pressed', 'true');
      const widest = input.digit ? OF_DIGITS : 2 * Math.max(input.height, input.width);
      stopping = webcam(widest, told.picture, (line) => {
        stop();
        told.say(line);
      });
    }

    async function take(file) {
      if (file) {
        stop();
        told.picture(file, await window.createImageBitmap(file).catch(() => null), file.name || 'A picture');
      }
    }

    function takeOne(list, how) {
      const files = Array.from(list || []);
      const picture = files.find(isPicture);
      if (picture) {
        take(picture);
      } else if (files.length > 0) {
        told.say(files[0].name + ' was ' + how + ', which is no picture (' + files[0].type + ').');
      } else if (how === 'dropped') {
        told.say('What was dropped is no file: save the picture, and drop its file.');
      }
    }

    file.addEventListener('change', () => {
      take(file.files[0]);
      file.value = '';
    });
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => {
      event.preventDefault();
      takeOne(event.dataTransfer.files, 'dropped');
    });
    document.addEventListener('paste', (event) => takeOne(/** @type {?} */ (event).clipboardData.files, 'pasted'));
    return {elements: [choose, file, camera], stop: stop};
  };
})();
