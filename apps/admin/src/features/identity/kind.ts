/** Whether a community receives, manufactures, or both; the words stand in the texts. */
export function kindOf(community: {
  receives: boolean;
  manufactures: boolean;
}): 'both' | 'manufactures' | 'receives' {
  if (community.receives && community.manufactures) return 'both';
  return community.manufactures ? 'manufactures' : 'receives';
}
