import { playsSoundly } from './plays-soundly.ts';

playsSoundly({ from: 150, seeds: 150 });
