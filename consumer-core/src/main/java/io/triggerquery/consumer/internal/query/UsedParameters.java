package io.triggerquery.consumer.internal.query;

import feign.Contract;
import feign.MethodMetadata;
import java.util.List;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Refuses a {@code GET} whose address does not contain the parameter: each id would be the same request.
 *
 * @param contract reads the interface
 * @param source the methods that are checked; others of the interface are the application's own
 */
record UsedParameters(Contract contract, SourceMethods source) implements Contract {

    /** Reads Feign's own annotations, and encodes ids. */
    static Contract ofFeign(SourceMethods source) {
        return new UsedParameters(new EncodedIds(EncodedIds.feignContract()), source);
    }

    @Override
    public List<MethodMetadata> parseAndValidateMetadata(Class<?> type) {
        List<MethodMetadata> methods = contract.parseAndValidateMetadata(type);
        methods.forEach(this::check);
        return methods;
    }

    private void check(MethodMetadata method) {
        boolean asksForIds =
                method.method().equals(source.byId()) || method.method().equals(source.byIds());
        if (!asksForIds
                || method.formParams().isEmpty()
                || !"GET".equals(method.template().method())) {
            return;
        }
        String name = method.formParams().get(0);
        throw new FailureAnalyzedException(
                "The address of " + method.configKey() + " in the source "
                        + source.type().getName() + " does not contain its parameter '" + name + "': "
                        + method.template().url(),
                "Put {" + name + "} into the address, or name the parameter as the address does.");
    }
}
