package io.triggerquery.consumer.internal.metrics;

/**
 * Additional contents of the spans of rounds.
 *
 * @param messagingAttributes whether they have OpenTelemetry's attributes for messaging, and are named as it says
 * @param maxLinks the highest number of links to the spans that sent the triggers, 0 to {@value #LINKS}
 */
public record SpanSettings(boolean messagingAttributes, int maxLinks) {

    /** The number of links of a span that OpenTelemetry's SDK keeps by default. */
    public static final int LINKS = 128;

    /** Nothing. */
    public static final SpanSettings NONE = new SpanSettings(false, 0);
}
