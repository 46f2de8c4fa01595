package io.triggerquery.producer.internal.remote;

import java.util.ArrayList;
import java.util.List;

/** Accepts every call, except the next {@link #failures}. */
final class FakeRelayService implements RelayServiceApi {

    final List<String> accepted = new ArrayList<>();
    final List<RegistrationBody> registered = new ArrayList<>();
    final List<RegistrationBody> activated = new ArrayList<>();
    final List<Object> cancelled = new ArrayList<>();
    final List<Integer> calls = new ArrayList<>();
    long maxRunSeconds;
    int failures;
    Runnable whileCalled = () -> {};

    @Override
    public void accept(TriggersBody body) {
        called(body.triggers().size());
        body.triggers().forEach(trigger -> accepted.add(trigger.id()));
    }

    @Override
    public void register(RegisterBody body) {
        called(body.registrations().size());
        maxRunSeconds = body.maxRunSeconds();
        registered.addAll(body.registrations());
    }

    @Override
    public void activate(ActivateBody body) {
        called(body.registrations().size());
        activated.addAll(body.registrations());
    }

    @Override
    public void cancel(CancelBody body) {
        called(body.registrations().size());
        cancelled.addAll(body.registrations());
    }

    private void called(int size) {
        calls.add(size);
        whileCalled.run();
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("no relay service");
        }
    }
}
