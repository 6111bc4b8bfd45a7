//! Decides which computers an import may connect to: all public ones, and those to which the address from the user
//! resolves. A public page must not redirect to a router, a cloud's metadata service or another program on this
//! computer, because the response would end up in the book. The addresses of a host name are checked for each
//! request, and only these addresses are connected to, because the name may resolve to other addresses a moment
//! later (DNS rebinding).

use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::OnceLock;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::threads;

/// Resolves host names for one import. The first name is that of the address from the user, later ones are those of
/// redirects.
#[derive(Debug, Default)]
pub(super) struct ImportResolver {
    system: DefaultResolver,
    given: TrustedAddresses,
}

impl Resolver for ImportResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // The resolver of ureq starts a thread, and panics if the system refuses it.
        threads::ensure_available().map_err(|error| Error::other(format!("{error:#}")))?;
        let found = self.system.resolve(uri, config, timeout)?;
        let mut permitted = self.empty();
        self.given.permitted(&found).into_iter().for_each(|address| permitted.push(address));
        if permitted.is_empty() {
            let host = uri.host().map_or_else(|| uri.to_string(), str::to_owned);
            let message = format!(
                "the redirect to `{host}` leads into a private network or to this computer: import that address itself if you trust it"
            );
            return Err(Error::new(ErrorKind::PermissionDenied, message).into());
        }
        Ok(permitted)
    }
}

/// The IP addresses of the host that the user gave. The first request sets them, and requests after redirects read
/// them.
#[derive(Debug, Default)]
struct TrustedAddresses(OnceLock<BTreeSet<IpAddr>>);

impl TrustedAddresses {
    /// The addresses in `found` that may be connected to. In the first call, these are all of them.
    fn permitted(&self, found: &[SocketAddr]) -> Vec<SocketAddr> {
        let ip = |address: &SocketAddr| address.ip().to_canonical();
        let given = self.0.get_or_init(|| found.iter().map(ip).collect());
        let is_permitted = |address: &&SocketAddr| is_public(ip(address)) || given.contains(&ip(address));
        found.iter().filter(is_permitted).copied().collect()
    }
}

/// Whether an address belongs to the public Internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(ip) => is_public_v4(ip),
            None => {
                !(ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_multicast()
                    || ip.is_unique_local()
                    || ip.is_unicast_link_local()
                    // Site-local addresses, which unique local addresses have replaced (RFC 3879).
                    || ip.segments()[0] & 0xffc0 == 0xfec0)
            }
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    !(ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_multicast()
        // The addresses of "this network" (RFC 1122), which also lead to this computer.
        || first == 0
        // Addresses that the customers of a provider share (RFC 6598).
        || (first == 100 && second & 0xc0 == 64)
        // Protocol assignments (192.0.0.0/24), benchmarks of networks (198.18.0.0/15) and reserved addresses
        // (240.0.0.0/4).
        || (first, second, third) == (192, 0, 0)
        || (first == 198 && second & 0xfe == 18)
        || first >= 240)
}

/// The IPv4 address that an IPv6 address leads to: mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056).
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let octets = ip.octets();
    let v4 = |at: usize| Some(Ipv4Addr::new(octets[at], octets[at + 1], octets[at + 2], octets[at + 3]));
    match ip.segments() {
        // `::` and `::1` contain no IPv4 address.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => v4(12),
        [0x2002, ..] => v4(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_public_or_not() {
        let check = |ip: &str, expected: bool| {
            assert_eq!(is_public(ip.parse().expect("an address")), expected, "{ip}");
        };
        for public in
            ["93.184.216.34", "100.128.0.1", "172.32.0.1", "2606:2800:220:1::1", "64:ff9b::5db8:d822"]
        {
            check(public, true);
        }
        for other in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fd00::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::1",
        ] {
            check(other, false);
        }
    }

    #[test]
    fn only_the_given_address_may_lead_into_a_private_network() {
        let addresses = |list: &[&str]| -> Vec<SocketAddr> {
            list.iter().map(|address| address.parse().expect("an address")).collect()
        };
        let public = TrustedAddresses::default();
        let first = addresses(&["93.184.216.34:443"]);
        assert_eq!(public.permitted(&first), first);
        // The same name resolves to other addresses now, and only the public ones among them are permitted.
        assert_eq!(public.permitted(&addresses(&["127.0.0.1:443"])), []);
        assert_eq!(
            public.permitted(&addresses(&["10.0.0.1:80", "93.184.216.34:80"])),
            addresses(&["93.184.216.34:80"])
        );
        let private = TrustedAddresses::default();
        assert_eq!(private.permitted(&addresses(&["127.0.0.1:80"])), addresses(&["127.0.0.1:80"]));
        assert_eq!(
            private.permitted(&addresses(&["[::ffff:127.0.0.1]:81"])),
            addresses(&["[::ffff:127.0.0.1]:81"])
        );
        assert_eq!(private.permitted(&addresses(&["127.0.0.2:80"])), []);
    }
}
