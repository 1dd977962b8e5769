using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WhistleActors.Actors.Views;
using WhistleActors.Contract.SignIn;
using WhistleActors.Domain.CityPacks;
using WhistleActors.Domain.Departments;
using WhistleActors.Domain.Officers;
using WhistleActors.Domain.Territory;
using WhistleActors.Server.Commands;
using WhistleActors.Server.Hosting;

namespace WhistleActors.Server.SignIn;

/// <summary>
/// Whoever asks is believed. For development, until real identity comes: a server that uses it listens on loopback only
/// (<see cref="Hosting.LoopbackOnly"/>).
/// </summary>
internal sealed class DevelopmentSignIn(CityPack pack, TimeProvider clock, SigningKey key)
{
    /// <summary>The organisation of an administrator, and of an observer of the whole city.</summary>
    internal const string City = "city";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
    private readonly JsonWebTokenHandler tokens = new();

    /// <summary>Issues a token for an organisation that exists and fits the role.</summary>
    internal SignInAnswer SignIn(SignInRequest request)
    {
        var form = new Form();
        var person = form.Code<PersonId>("/person", request.Person);
        var name = form.Text("/name", request.Name, Form.ShortText);
        var organisation = form.Code<OrganisationCode>("/organisation", request.Organisation);
        var role = RoleNames.Parse(request.Role);
        if (request.Role is null)
            form.Missing<string>("/role", RoleNames.All);
        else if (role is null)
            form.Wrong("/role", "unknown-value", "This value is not one of those allowed.", "该值不在允许的范围内。", RoleNames.All);
        else if (request.Organisation is not null && !Fits(role.Value, organisation.Text))
            form.Wrong("/organisation", "organisation-does-not-fit", "There is no such organisation for this role.", "没有与该角色相符的单位。");
        form.Check();

        var now = clock.GetUtcNow();
        var expires = now + Lifetime;
        var token = tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = SigningKey.Issuer,
            Audience = SigningKey.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key.Key, SecurityAlgorithms.HmacSha256),
            Subject = new ClaimsIdentity(
            [
                new(OfficerClaims.Person, person.Text),
                new(OfficerClaims.Name, name),
                new(OfficerClaims.Organisation, organisation.Text),
                new(OfficerClaims.Role, request.Role!),
            ]),
        });
        return new SignInAnswer(token, expires);
    }

    private bool Fits(Role role, string organisation) => role switch
    {
        Role.SubdistrictOfficer or Role.SubdistrictLeader => IsSubdistrict(organisation),
        Role.Dispatcher or Role.Crew => IsDepartment(organisation),
        Role.Commander => IsDistrict(organisation),
        Role.Administrator => organisation == City,
        _ => organisation == City || IsSubdistrict(organisation) || IsDepartment(organisation) || IsDistrict(organisation),
    };

    private bool IsSubdistrict(string text) => SubdistrictCode.TryParse(text, out var code) && pack.Territory.Subdistricts.ContainsKey(code);

    private bool IsDepartment(string text) => DepartmentCode.TryParse(text, out var code) && pack.Departments.ContainsKey(code);

    private bool IsDistrict(string text) => DistrictCode.TryParse(text, out var code) && pack.Territory.Districts.ContainsKey(code);
}

/// <summary>The key that tokens are signed with; nodes that share it believe each other's tokens.</summary>
public sealed class SigningKey(byte[] secret)
{
    internal const string Issuer = "whistle-actors-development";

    internal SymmetricSecurityKey Key { get; } = new(secret);

    /// <summary>The key kept in the data folder; made at the first start, readable by its owner only.</summary>
    public static SigningKey InFolder(string folder) =>
        new(SecretFile.ReadOrMake(Path.Combine(folder, "development-signing.key"), () => RandomNumberGenerator.GetBytes(32)));
}

/// <summary>Believes the tokens of <see cref="DevelopmentSignIn"/>.</summary>
internal static class DevelopmentTokens
{
    internal static void AddDevelopmentTokens(this IServiceCollection services, SigningKey key)
    {
        services.AddSingleton(key);
        services.AddSingleton<DevelopmentSignIn>();

        // A token is checked once and then known until it ends: a signature check a command would cost more than the command's rules.
        services.AddSingleton(new MemoryCache(new MemoryCacheOptions { SizeLimit = 50_000 }));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<MemoryCache, TimeProvider>((options, known, clock) =>
        {
            options.MapInboundClaims = false;
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = SigningKey.Issuer,
                ValidAudience = SigningKey.Issuer,
                IssuerSigningKey = key.Key,
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                LifetimeValidator = (from, to, _, _) => from <= clock.GetUtcNow().UtcDateTime && clock.GetUtcNow().UtcDateTime < to,
            };
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    // Browsers cannot send headers with a WebSocket.
                    var token = context.Request.Query["access_token"] is [{ Length: > 0 } query] && context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal)
                        ? query
                        : context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : null;
                    context.Token = token;
                    if (token is not null && known.TryGetValue<(ClaimsPrincipal User, DateTime Until)>(token, out var entry) && clock.GetUtcNow().UtcDateTime < entry.Until)
                    {
                        context.Principal = entry.User;
                        context.Success();
                    }

                    return Task.CompletedTask;
                },
                OnTokenValidated = context =>
                {
                    if (context.SecurityToken is JsonWebToken token)
                    {
                        known.Set(token.EncodedToken, (context.Principal!, token.ValidTo), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });
                    }

                    return Task.CompletedTask;
                },
                OnChallenge = context =>
                {
                    context.HandleResponse();
                    context.Response.Headers.WWWAuthenticate = "Bearer";
                    return Problems.Problems.WriteAsync(context.HttpContext, Problems.Problems.ForStatus(401));
                },
            };
        });
    }
}
