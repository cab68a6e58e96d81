// The life of one service by its rollout events (docs/rules.md#launch-and-retirement, #channels-of-a-service).

export const CHANNELS = ['web', 'mobile', 'kiosk', 'assisted', 'call_centre', 'counter', 'post', 'other'];
export const DIGITAL = CHANNELS.slice(0, 4);
export const inOrder = (set) => CHANNELS.filter((channel) => set.has(channel));

// stateOn folds the events effective on or before a day.
export function stateOn(rollouts, on) {
  const state = { launched: false, retired: false, live: false, launchedOn: null, liveSince: null, retiredOn: null, named: null, moves: [] };
  for (const event of rollouts) {
    if (event.effective > on) break;
    apply(state, event);
    state.live = state.launched && !state.retired;
  }
  return state;
}

function apply(state, event) {
  switch (event.action) {
    case 'launch':
      state.launchedOn ??= event.effective;
      if (!state.live) state.liveSince = event.effective;
      state.launched = true;
      state.retired = false;
      state.retiredOn = null;
      state.named = event.channels.length > 0 ? event.channels : null;
      state.moves = [];
      break;
    case 'retire':
      state.retired = true;
      state.retiredOn ??= event.effective;
      break;
    case 'add_channel':
    case 'remove_channel':
      state.moves.push(event);
  }
}

// channelsOf are the channels of a service in a state, beside those of its catalogue entry.
export function channelsOf(entry, state) {
  const listed = entry?.channels ?? [];
  if (!state.launched) return new Set(listed);
  const channels = state.named
    ? new Set([...listed.filter((channel) => !DIGITAL.includes(channel)), ...state.named])
    : new Set(listed);
  for (const move of state.moves) {
    for (const channel of move.channels) {
      if (move.action === 'add_channel') channels.add(channel);
      else channels.delete(channel);
    }
  }
  return channels;
}
