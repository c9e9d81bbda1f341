package io.laminar.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C. Uses the JDK's signal handling by reflection: it is the only way to see a second Ctrl-C (shutdown hooks run
 * once), and javac cannot be told not to warn about it.
 */
final class Interrupts {
    private Interrupts() {}

    /** Calls the handler at every Ctrl-C and at a request to terminate, in a thread of its own. */
    static void handle(Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {signalHandler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "equals" -> self == arguments[0];
                            case "hashCode" -> System.identityHashCode(self);
                            default -> "Interrupts";
                        };
                    });
            for (String name : new String[] {"INT", "TERM"}) {
                Object instance = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, signalHandler).invoke(null, instance, proxy);
            }
        } catch (ClassNotFoundException | NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("this Java has no signals", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("signals are taken", e.getCause());
        }
    }
}
