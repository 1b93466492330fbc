// From file:// a browser starts no worker. Pages that are opened as files let the one that searches run in a hidden frame; both
// sides see what they would see of a worker: messages, and importScripts in the frame.
(() => {
  "use strict"
  if (location.protocol !== "file:") return

  class FrameWorker extends EventTarget {
    constructor(url) {
      super()
      this.loaded = false
      this.waiting = []
      this.frame = document.createElement("iframe")
      this.frame.hidden = true
      document.body.append(this.frame)
      const inside = this.frame.contentWindow
      inside.postMessage = data => this.tell("message", new MessageEvent("message", { data }))
      inside.importScripts = (...urls) => urls.reduce((done, one) => done.then(() => load(inside, one)), Promise.resolve())
      load(inside, new URL(url, location)).then(
        () => { this.loaded = true; this.waiting.splice(0).forEach(send => send()) },
        () => this.tell("error", new ErrorEvent("error", { message: `cannot load ${url}` })))
    }
    postMessage(data) {
      const send = () => this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }))
      if (this.loaded) send()
      else this.waiting.push(send)
    }
    tell(kind, event) {
      this.dispatchEvent(event)
      this[`on${kind}`]?.(event)
    }
    terminate() { this.frame.remove() }
  }

  const load = (inside, url) => new Promise((resolve, reject) => {
    const script = inside.document.createElement("script")
    script.src = url
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`cannot load ${url}`))
    inside.document.body.append(script)
  })

  window.Worker = FrameWorker
})()
