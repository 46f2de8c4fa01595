package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a listener's records and checks the decoded ids.
 *
 * <p>Threads: any.
 */
public final class RecordDecoder {

    /** The maximum number of ids in a record. */
    public static final int MAX_IDS = 1_000;

    private final TriggerDecoder decoder;
    private final Decoders.Ready own = Decoders.own();
    private final IdRule rule;

    /**
     * Creates a decoder.
     *
     * @param decoder decodes the records of the listener's topics
     * @param rule the rule for the listener's ids
     */
    public RecordDecoder(TriggerDecoder decoder, IdRule rule) {
        this.decoder = decoder;
        this.rule = rule;
    }

    /** Creates the decoder of a listener with default settings. */
    public static RecordDecoder ofValues() {
        return new RecordDecoder(Decoders.own(), IdRule.DEFAULT);
    }

    /** Returns whether a record may have several ids. */
    public boolean mayReturnSeveral() {
        return !(decoder instanceof Decoders.Ready ready) || ready.mayReturnSeveral();
    }

    /** Returns the rule for the listener's ids. */
    public IdRule rule() {
        return rule;
    }

    /**
     * Decodes a record of the listener's topics. Each returned id is valid and occurs once, and there is no result with
     * one id or none in a list.
     *
     * @throws Exception if the decoder fails, also with an error that it causes itself
     */
    public Decoded decode(ConsumerRecord<byte[], byte[]> message) throws Exception {
        try {
            return checked(decoder.decode(message));
        } catch (LinkageError | StackOverflowError | AssertionError error) {
            throw new IllegalStateException("the decoder failed with " + error, error);
        }
    }

    /** Decodes a record that trigger-query has written: the value is the id. */
    public Decoded decodeOwn(ConsumerRecord<byte[], byte[]> message) {
        return checked(own.decode(message));
    }

    private Decoded checked(@Nullable Decoded decoded) {
        if (decoded instanceof Decoded.Id one) {
            String violation = rule.violation(one.id());
            return violation == null ? one : Decoded.invalid(invalid(one.id(), violation));
        }
        if (decoded instanceof Decoded.Ids several) {
            return checked(several);
        }
        if (decoded == null) {
            throw new IllegalStateException("the decoder returned null; return Decoded.ignored() for other records");
        }
        return decoded;
    }

    private Decoded checked(Decoded.Ids several) {
        if (several.ids().size() + several.invalid().size() > MAX_IDS) {
            return Decoded.invalid("the record has more than " + MAX_IDS + " ids; send several records");
        }
        Map<String, Decoded.Id> valid = new LinkedHashMap<>();
        List<String> invalid = new ArrayList<>(several.invalid());
        for (Decoded.Id each : several.ids()) {
            String violation = rule.violation(each.id());
            if (violation == null) {
                valid.merge(each.id(), each, RecordDecoder::weaker);
            } else {
                invalid.add(invalid(each.id(), violation));
            }
        }
        if (!invalid.isEmpty()) {
            return valid.isEmpty()
                    ? Decoded.invalid(summary(invalid, invalid.size()))
                    : new Decoded.Ids(
                            List.copyOf(valid.values()),
                            List.of(summary(
                                    invalid,
                                    several.ids().size() + several.invalid().size())));
        }
        return switch (valid.size()) {
            case 0 -> Decoded.ignored();
            case 1 -> valid.values().iterator().next();
            default -> new Decoded.Ids(List.copyOf(valid.values()), List.of());
        };
    }

    /** Returns the id with the version that claims less. */
    private static Decoded.Id weaker(Decoded.Id one, Decoded.Id other) {
        OptionalLong version = one.version();
        return version.isEmpty()
                        || other.version().isPresent()
                                && version.getAsLong() <= other.version().getAsLong()
                ? one
                : other;
    }

    private static String summary(List<String> invalid, int all) {
        return invalid.size() + " of " + all + " elements are not ids; the first: " + invalid.get(0);
    }

    private String invalid(String id, String violation) {
        boolean json = !id.isEmpty() && "{[\"".indexOf(id.charAt(0)) >= 0;
        return json && !rule.unicode()
                ? "this is JSON, not an id: name the place of the id, as in idFrom = \"json:/id\""
                : "the id is invalid: " + violation;
    }
}
