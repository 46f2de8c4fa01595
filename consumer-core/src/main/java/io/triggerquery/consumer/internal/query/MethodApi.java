package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.id.IdConversion;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks by the methods of a type.
 *
 * @param calls calls the methods
 * @param byId the method for one id
 * @param one what it returns
 * @param byIds the method for several ids, or null if there is none
 * @param many what it returns, or null
 * @param conversions the conversions of ids to the types that the methods take
 */
record MethodApi(
        MethodCalls calls,
        Method byId,
        ReturnType one,
        @Nullable Method byIds,
        @Nullable ReturnType many,
        Conversions conversions)
        implements SourceApi {

    /**
     * The conversions of ids.
     *
     * @param one for the method for one id
     * @param many for each id of the method for several ids
     */
    record Conversions(IdConversion one, IdConversion many) {}

    static MethodApi of(MethodCalls calls, SourceMethods methods) {
        Method byIds = methods.byIds();
        return new MethodApi(
                calls,
                methods.byId(),
                ReturnType.of(methods.byId(), methods.type()),
                byIds,
                byIds == null ? null : ReturnType.of(byIds, methods.type()),
                new Conversions(methods.idConversion(), methods.idsConversion()));
    }

    @Override
    public boolean takesMany() {
        return byIds != null;
    }

    @Override
    public CompletionStage<@Nullable Object> one(String id) {
        return content(one, calls.call(byId, conversions.one().convert(id)));
    }

    @Override
    public CompletionStage<@Nullable Object> many(List<String> ids) {
        if (byIds == null || many == null) {
            throw new IllegalStateException("There is no method for several ids.");
        }
        return content(many, calls.call(byIds, conversions.many().convertAll(ids)));
    }

    private static CompletionStage<@Nullable Object> content(
            ReturnType type, CompletionStage<@Nullable Object> answer) {
        return type.isWrapped() ? answer.thenApply(type::unwrap) : answer;
    }
}
