import type { Refused } from '../api/session';
import type { Translator } from '../i18n';

/** What was wrong and what would be right, as the server says it in the reader's language. */
export function refusalText({ status, problem }: Refused, translator: Translator): string {
  if (problem === undefined) return `HTTP ${status}`;
  const zh = translator.language === 'zh';
  const fields = (problem.errors ?? []).map(error => (zh ? error.detailZh : error.detail));
  return [zh ? problem.detailZh : problem.detail, ...fields, zh ? problem.remedyZh : problem.remedy].filter(text => text !== undefined && text !== '').join(zh ? '' : ' ');
}
