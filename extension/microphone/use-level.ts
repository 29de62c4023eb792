import { useEffect, useState } from "react";

const LOOK_MS = 80;
/** A voice, not the hiss of a microphone. */
const HEARD = 0.08;

/** What is left of it after each look. */
const FALL = 0.85;

/** The loudest of the last moment, 0 to 1, and whether a voice was there at all. */
export function useLevel(stream: MediaStream): { level: number; heard: boolean } {
  const [level, setLevel] = useState(0);
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Uint8Array(analyser.fftSize);
    context.createMediaStreamSource(stream).connect(analyser);
    void context.resume();
    const timer = setInterval(() => {
      analyser.getByteTimeDomainData(samples);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128)), 0);
      const next = Math.min(1, (peak / 128) * 2);
      // It falls slowly, or it could not be followed by eye.
      setLevel((before) => Math.max(next, before * FALL));
      if (next > HEARD) setHeard(true);
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);
  return { level, heard };
}
