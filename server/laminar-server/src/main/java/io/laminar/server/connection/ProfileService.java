package io.laminar.server.connection;

import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.Profile;
import io.laminar.metadata.Profiles;
import io.laminar.metadata.Secrets;
import io.laminar.server.api.Collection;
import io.laminar.server.api.NewProfile;
import io.laminar.server.api.ProfileChange;
import io.laminar.server.api.ProfileResource;
import io.laminar.server.api.Words;
import io.laminar.server.planning.ProfileOptions;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import io.laminar.sql.stored.StoredProfile;
import java.util.List;
import java.util.Map;

/** Connection profiles. */
public final class ProfileService {
    private final Profiles profiles;
    private final ProfileOptions options;
    private final QueryPlanner planner;

    public ProfileService(Metadata metadata, Secrets secrets, QueryPlanner planner) {
        this.planner = planner;
        this.profiles = metadata.profiles();
        this.options = new ProfileOptions(secrets);
    }

    public Collection<ProfileResource> page(Page.Request request) {
        return Collection.of(profiles.page(request), this::resource);
    }

    /** @throws LaminarException NOT_FOUND */
    public ProfileResource get(String id) {
        return resource(profiles.get(id));
    }

    /** @throws LaminarException NAME_TAKEN, UNKNOWN_CONNECTOR, UNKNOWN_OPTION, INVALID_OPTION */
    public ProfileResource create(NewProfile wanted) {
        String name = Words.name(wanted.name());
        check(new StoredProfile(name, wanted.connector(), wanted.options()));
        return resource(profiles.create(
                name,
                wanted.connector(),
                wanted.description() == null ? "" : wanted.description(),
                options.seal(name, wanted.connector(), wanted.options())));
    }

    /** @throws LaminarException NOT_FOUND, UNKNOWN_OPTION, INVALID_OPTION */
    public ProfileResource change(String id, ProfileChange change) {
        Profile profile = profiles.get(id);
        Map<String, String> changed = change.options() == null
                ? options.open(profile.name(), profile.options())
                : options.changed(profile.name(), profile.options(), change.options());
        check(new StoredProfile(profile.name(), profile.connector(), changed));
        return resource(profiles.update(
                id,
                change.description() == null ? profile.description() : change.description(),
                options.seal(profile.name(), profile.connector(), changed)));
    }

    /** Variables of the environment may come later; everything else has to fit now. */
    private void check(StoredProfile profile) {
        try {
            planner.profile(profile);
        } catch (PipelineErrors e) {
            List<LaminarException> wrong = e.errors().stream()
                    .filter(one -> one.code() != ErrorCode.MISSING_VARIABLE)
                    .toList();
            if (!wrong.isEmpty()) {
                throw new PipelineErrors(wrong);
            }
        }
    }

    /** @throws LaminarException NOT_FOUND, IN_USE */
    public void delete(String id) {
        profiles.delete(id);
    }

    private ProfileResource resource(Profile profile) {
        return new ProfileResource(
                profile.id(),
                profile.name(),
                profile.connector(),
                profile.description(),
                options.mask(profile.name(), profile.options()),
                profile.created(),
                profile.updated());
    }
}
