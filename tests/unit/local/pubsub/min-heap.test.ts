import { array, assert, constant, integer, oneof, property } from 'fast-check';
import { expect, it } from 'vitest';
import { MinHeap } from '../../../../local/pubsub/min-heap.ts';

const POP = 'pop' as const;

/** What a run of pushes and pops gives back, by the obvious slow way. */
function sortedModel(steps: readonly (number | typeof POP)[]): (number | undefined)[] {
  let items: number[] = [];
  const popped: (number | undefined)[] = [];
  for (const step of steps) {
    if (step === POP) {
      popped.push(items[0]);
      items = items.slice(1);
    } else {
      items = [...items, step].toSorted((x, y) => x - y);
    }
  }
  return popped;
}

it('gives back the smallest number, whatever was pushed and popped before', () => {
  const steps = array(oneof(integer(), constant(POP)));
  assert(
    property(steps, (run) => {
      const heap = new MinHeap<number>((a, b) => a < b);
      const popped = run.flatMap((step) => {
        if (step === POP) return [heap.pop()];
        heap.push(step);
        return [];
      });
      expect(popped).toEqual(sortedModel(run));
    }),
  );
});
