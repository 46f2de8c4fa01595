package io.triggerquery.consumer.internal.engine;

/** Thrown when the source reports so many ids in a row as absent that its own failure is more likely. */
public final class MassAbsenceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MassAbsenceException(String id, int max) {
        super(
                "the source says of more than " + max + " ids in a row that they are absent, the last " + id
                        + "; none is projected until it answers with a state. If they are really gone, confirm the"
                        + " absences by the endpoint, or raise triggerquery.max-absences",
                null,
                false,
                false);
    }
}
