import { Choice } from '../../parts/form/Choice';
import { Field } from '../../parts/form/Field';
import { Tick } from '../../parts/form/Tick';
import { Segmented } from '../../parts/Segmented';
import formCss from '../form/Form.module.css';
import { fieldOf, type RunForm } from '../form/RunFields';
import { useLabTexts } from '../useLabTexts';
import { searchMeasures } from './trialMeasures';

/** How it is searched, and by which figure the best is told. */
export function SearchFields({ form }: { readonly form: RunForm }) {
  const { optimiser: words } = useLabTexts();
  const isWalk = form.values['way'] === 'walkForward';
  const anchored = fieldOf(form, 'anchored');
  const number = { inputMode: 'numeric' as const, isMono: true, autoComplete: 'off' };
  return (
    <fieldset className={formCss['group']}>
      <legend>{words.how}</legend>
      <p>
        <Segmented
          label={words.way}
          value={isWalk ? 'walkForward' : 'optimise'}
          choices={[
            ['optimise', words.ways.optimise],
            ['walkForward', words.ways.walkForward],
          ]}
          onChange={(way) => form.set('way', way)}
        />
      </p>
      <p className={formCss['said']}>{isWalk ? words.wayHints.walkForward : words.wayHints.optimise}</p>
      <div className={formCss['grid']}>
        <Choice
          {...fieldOf(form, 'search')}
          label={words.search}
          choices={[
            ['grid', words.searches.grid],
            ['random', words.searches.random],
          ]}
        />
        {form.values['search'] === 'random' && (
          <Field {...fieldOf(form, 'combinations')} label={words.combinations} {...number} />
        )}
        <Choice
          {...fieldOf(form, 'measure')}
          label={words.measure}
          choices={searchMeasures.map((one) => [one, words.measures[one]])}
        />
        <Field
          {...fieldOf(form, 'minimumTrades')}
          label={words.minimumTrades}
          hint={words.minimumTradesHint}
          {...number}
        />
        {isWalk && (
          <>
            <Field {...fieldOf(form, 'windows')} label={words.windows} hint={words.windowsHint} {...number} />
            <Field
              {...fieldOf(form, 'trainShare')}
              label={words.trainShare}
              hint={words.trainShareHint}
              unit="%"
              {...number}
            />
            <Tick
              {...anchored}
              value={anchored.value === 'yes'}
              onChange={(isOn) => anchored.onChange(isOn ? 'yes' : '')}
              hint={words.anchoredHint}
            >
              {words.anchored}
            </Tick>
          </>
        )}
      </div>
    </fieldset>
  );
}
