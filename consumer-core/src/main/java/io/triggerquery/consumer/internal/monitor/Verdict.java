package io.triggerquery.consumer.internal.monitor;

import io.triggerquery.consumer.internal.monitor.Look.Comparison;

/** What a look at both sides proves. */
sealed interface Verdict {

    /** The projection has what it has to have. */
    record Right() implements Verdict {}

    /** The projection is not what it has to be. */
    record Wrong(Comparison difference) implements Verdict {}

    /** The sides differ, perhaps because of a change under way: a second look decides. */
    record Suspect() implements Verdict {}

    /** Nothing is proved. */
    record Undecided() implements Verdict {}
}
