package io.triggerquery.console.internal.part;

import io.triggerquery.producer.internal.actuate.ProducerOperationException;
import io.triggerquery.producer.internal.actuate.TriggerProducerEndpoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The strategies by which this application publishes triggers. */
public final class ProducerPart implements ConsolePart {

    private final TriggerProducerEndpoint endpoint;
    private final EndpointAccess access;

    /**
     * Creates the part.
     *
     * @param endpoint answers all requests
     */
    public ProducerPart(TriggerProducerEndpoint endpoint, EndpointAccess access) {
        this.endpoint = endpoint;
        this.access = access;
    }

    @Override
    public String name() {
        return "producer";
    }

    @Override
    public @Nullable String readOnlyBecause() {
        return access.readOnlyBecause("triggerproducer");
    }

    @Override
    public boolean showsErrors() {
        return true;
    }

    @Override
    public boolean showsStates() {
        return false;
    }

    @Override
    public Object overview() {
        return endpoint.strategies();
    }

    @Override
    public Object view(Parameters parameters) {
        return answer(() -> {
            String strategy = parameters.require("strategy");
            String view = parameters.get("view");
            return view == null
                    ? endpoint.waiting(strategy, number(parameters.get("limit")))
                    : endpoint.view(strategy, view);
        });
    }

    private static @Nullable Integer number(@Nullable String text) {
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException noNumber) {
            throw new RefusedException(RefusedException.INVALID, "The parameter limit must be a number.");
        }
    }

    @Override
    public Object operate(String user, Parameters parameters) {
        return answer(() -> endpoint.execute(
                user,
                parameters.require("strategy"),
                parameters.require("operation"),
                parameters.require("destination"),
                parameters.get("id")));
    }

    private static Object answer(Supplier<Object> request) {
        try {
            return request.get();
        } catch (ProducerOperationException refused) {
            int status = refused.isUnknown() ? RefusedException.UNKNOWN : RefusedException.INVALID;
            throw new RefusedException(status, String.valueOf(refused.getMessage()));
        }
    }
}
