package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.TriggerIdRule;

/** Thrown when the source reports so many ids in a row as absent that its own failure is more likely. */
public final class MassAbsenceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MassAbsenceException(String id, int max) {
        super(
                "the source reports more than " + max + " consecutive ids as absent, the last is "
                        + TriggerIdRule.escaped(id)
                        + "; no absence is projected until it answers with a state. If the ids are deleted, confirm the"
                        + " absences by the endpoint, or raise max-absences",
                null,
                false,
                false);
    }
}
