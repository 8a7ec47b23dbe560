import type { LearnTexts } from './english';

export const learnGerman: LearnTexts = {
  marks: {
    first: 'Kerze 1',
    second: 'Kerze 2',
    third: 'Kerze 3',
    gap: 'die Lücke',
    block: 'der Block',
    impulse: 'Impuls',
    broken: 'schließt über den Hochs',
    level: 'Swing-Tief',
    sweep: 'Sweep',
    back: 'schließt wieder innen',
    taken: 'Tiefs werden genommen',
    kept: 'Tiefs bleiben stehen',
    failed: 'schließt durch den Block',
    retest: 'Kurs kehrt zurück',
    entry: 'Einstieg',
    stop: 'Stop',
    target: 'Ziel',
  },
  kinds: {
    fairValueGap: {
      lead: 'Drei Kerzen, in denen der Kurs so schnell lief, dass er eine Lücke hinterließ.',
      what: [
        'Zwischen dem Docht der ersten und dem Docht der dritten Kerze liegt eine Strecke, die nur die mittlere Kerze durchquert hat. Aufträge blieben dort in einer Richtung unerfüllt.',
        'Oft kehrt der Kurs in eine solche Lücke zurück. Wie oft, und was er dann tat, ist unten gemessen und nicht angenommen.',
      ],
      find: [
        'Nehmen Sie drei aufeinanderfolgende geschlossene Kerzen. Steigend: Das Hoch der ersten liegt unter dem Tief der dritten. Fallend: Das Tief der ersten liegt über dem Hoch der dritten.',
        'Die Zone reicht vom einen Docht zum anderen. Lücken unter 0,15 % des Kurses zählen nicht.',
        'Bekannt ist sie, wenn die dritte Kerze schließt, und nicht früher.',
      ],
      trade: [
        'Warten Sie, bis der Kurs zurückkehrt. Vorsichtig ist der Einstieg am nahen Rand, mutiger in der Mitte.',
        'Der Stop liegt jenseits des fernen Rands, mit etwas Raum: einer halben mittleren Spanne, mindestens einem halben Prozent.',
        'Ziele sind das Ein-, Zwei- und Dreifache des Risikos. Ein Schluss jenseits des fernen Rands beendet die Idee.',
      ],
    },
    orderBlock: {
      lead: 'Die letzte Kerze gegen die Bewegung, bevor ein starker Impuls die Struktur brach.',
      what: [
        'Vor einem starken Anstieg steht oft eine letzte fallende Kerze. Wer den Markt bewegte, soll dort gekauft haben und verteidigt das vielleicht, wenn der Kurs zurückkehrt.',
        'Es zählen nur Impulse, die die Struktur brachen: Sonst wäre jede Kerze vor jeder Bewegung ein Block.',
      ],
      find: [
        'Suchen Sie einen Impuls: eine Kerze, deren Körper größer ist als das Anderthalbfache des mittleren Körpers der zwanzig davor.',
        'Sie muss jenseits der Hochs (fallend: der Tiefs) der zehn Kerzen davor schließen.',
        'Der Block ist die nächste Kerze der anderen Farbe unter den dreien vor dem Impuls. Seine Zone ist die ganze Spanne; der Einstieg wird im Körper gesucht.',
      ],
      trade: [
        'Warten Sie, bis der Kurs in den Körper des Blocks zurückkehrt.',
        'Der Stop liegt jenseits des Dochts.',
        'Ziel ist der vorige Swing oder, wo keiner in Reichweite liegt, das Doppelte des Risikos. Ein Schluss jenseits des Blocks beendet die Idee.',
      ],
    },
    liquiditySweep: {
      lead: 'Ein Docht jenseits eines bekannten Hochs oder Tiefs und ein Schluss wieder innen.',
      what: [
        'Hinter auffälligen Hochs und Tiefs sammeln sich Stops. Erreicht sie ein Docht und schließt die Kerze wieder innen, wurden die Stops genommen, und die Bewegung ging nicht weiter.',
        'Manchmal folgt ein Impuls in die andere Richtung. Manchmal nicht; unten steht, wie oft.',
      ],
      find: [
        'Nehmen Sie ein Swing-Tief, das aus drei Kerzen auf jeder Seite herausragt und seitdem nicht unterschritten wurde, innerhalb der letzten fünfzig Kerzen. Fallend: ein Swing-Hoch.',
        'Eine spätere Kerze handelt jenseits der Marke und schließt wieder auf der inneren Seite. Ein Schluss genau auf der Marke oder eine bloße Berührung ist kein Sweep.',
        'Eine Marke, die einmal genommen wurde, ist verbraucht.',
      ],
      trade: [
        'Steigen Sie ein, nachdem die Kerze des Sweeps geschlossen hat: sofort, ohne auf eine Rückkehr zu warten.',
        'Der Stop liegt jenseits des Dochts.',
        'Ziel ist die andere Seite der Spanne. Ein Schluss jenseits des Dochts beendet die Idee.',
      ],
    },
    breakerBlock: {
      lead: 'Ein gescheiterter Orderblock, dessen Bewegung zuvor Liquidität genommen hatte.',
      what: [
        'Ein Orderblock sollte halten, und der Kurs schloss durch ihn hindurch. Wer ihn gehandelt hat, sitzt fest, und die Zone wirkt nun vielleicht andersherum.',
        'Ein Breaker ist er, wenn die Bewegung vom Block weg die Hochs oder Tiefs davor genommen hatte: Die Falle war bestückt.',
      ],
      find: [
        'Am Anfang steht ein Orderblock oder ein Impuls mit seiner Kerze, der die Struktur nicht brach.',
        'Eine spätere Kerze schließt durch den ganzen Block.',
        'Zuvor war seine Bewegung über die Extreme der zehn Kerzen vor dem Impuls hinausgegangen. Die Zone bleibt dieselbe und zeigt in die andere Richtung.',
      ],
      trade: [
        'Warten Sie, bis der Kurs von der neuen Seite zur Zone zurückkehrt.',
        'Der Einstieg liegt im Körper des alten Blocks, der Stop jenseits seines Dochts.',
        'Ziel ist der vorige Swing oder das Doppelte des Risikos.',
      ],
    },
    mitigationBlock: {
      lead: 'Ein gescheiterter Orderblock, dessen Bewegung keine Liquidität genommen hatte.',
      what: [
        'Wie ein Breaker ist er ein Block, durch den der Kurs geschlossen hat. Anders als dort erreichte die Bewegung von ihm weg nie die Hochs oder Tiefs davor.',
        'Positionen von dort liegen im Minus und werden, so heißt es, bei der Rückkehr geschlossen: Sie werden gemildert.',
      ],
      find: [
        'Am Anfang steht ein Orderblock oder ein Impuls mit seiner Kerze, der die Struktur nicht brach.',
        'Eine spätere Kerze schließt durch den ganzen Block.',
        'Zuvor war seine Bewegung innerhalb der Extreme der zehn Kerzen vor dem Impuls geblieben.',
      ],
      trade: [
        'Warten Sie, bis der Kurs von der neuen Seite zur Zone zurückkehrt.',
        'Der Einstieg liegt im Körper des alten Blocks, der Stop jenseits seines Dochts.',
        'Ziel ist der vorige Swing oder das Doppelte des Risikos.',
      ],
    },
  },
  page: {
    lead: 'Was jedes Muster ist, wie es hier gefunden wird und was daran gemessen wurde.',
    kinds: 'Muster',
    what: 'Was es ist',
    find: 'Wie man es findet',
    trade: 'Wie man es handelt',
    picture: (kind, direction) => `${kind}, ${direction}: ein gezeichnetes Beispiel`,
    drawn: 'Ein gezeichnetes Beispiel, kein Markt.',
    turned: 'Alles vom steigenden Gesagte gilt umgekehrt für das fallende.',
    measured: 'Was gemessen wurde',
    measuredNote: 'über alle Symbole dieses Servers',
    timeframe: 'Zeitrahmen',
    direction: 'Richtung',
    hit: 'Trefferquote',
    fill: 'Füllquote',
    expectancy: 'Erwartung',
    notMeasured: 'Es wurde noch nichts gemessen.',
    notMeasuredHint:
      'Die gespeicherte Geschichte wird beim ersten Start und einmal am Tag gezählt. Die Zahlen erscheinen hier.',
    negative:
      'Eine Erwartung unter null heißt: Dieser Plan, jedes Mal und nach Kosten gehandelt, verlor in der gemessenen Zeit Geld.',
    live: 'Jetzt aktiv',
    all: 'Alle ansehen',
    none: 'Gerade ist keines aktiv.',
    honest:
      'Diese Seite lehrt, wie ein Muster bestimmt ist und wie es ausging. Sie ist keine Beratung, und was früher gemessen wurde, ist kein Versprechen.',
  },
};
